"""Muting rules: when in a week whose alerts stay silent, on local clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.reach import alerts_in_words, alerts_of, are, does_page
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.weekly import when, window_spans
from monitors.review.routing.words import hours
from monitors.rules.muting import hours_a_week
from monitors.spec import MutingRule, Priority, Severity
from monitors.words import counted

_DAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_WINDOW: Final = ("time_zone", "first_start", "first_end", "weekdays")
_TELLS_ALL: Final = "NOTIFY_ALL_ISSUES"


def changed(sides: Sides, before: MutingRule, after: MutingRule) -> Iterator[Told]:
    """Yield when alerts are muted otherwise, which ones, and whether a page is among them."""
    yield from _window(sides, before, after)
    if before.enabled != after.enabled:
        yield from _pages(sides, after, after.policies)
        yield _switched(sides, after)
    yield from _policies(sides, before, after)


def added(sides: Sides, one: MutingRule) -> Iterator[Told]:
    """Yield which alerts a new rule mutes, and when."""
    yield from _pages(sides, one, one.policies)
    alerts = alerts_of(sides.new, one.policies)
    yield Told("muted", f"{alerts_in_words(alerts)} {are(alerts)} muted {window(one)}.", _quieter(sides, one))


def removed(sides: Sides, one: MutingRule) -> Iterator[Told]:
    """Yield which alerts are told again, and when they were muted."""
    old = sides.with_todays_keys(one)
    alerts = alerts_of(sides.new, old.policies)
    text = f"{alerts_in_words(alerts)} {are(alerts)} told {window(one)} too, when it muted them."
    paging = any(_paged(sides, policy) for policy in old.policies)
    yield Told("muted", text, Danger.MEDIUM if paging and one.enabled else Danger.LOW)


def window(rule: MutingRule) -> str:
    """Return when a rule mutes, in local words, with the hours of a week."""
    start, end = datetime.fromisoformat(rule.first_start), datetime.fromisoformat(rule.first_end)
    spans = window_spans([_DAYS.index(day) + 1 for day in rule.weekdays], start, end)
    off = "" if rule.enabled else ", switched off"
    return f"{when(spans)} ({rule.time_zone}), {hours(hours_a_week(rule) * 3600)} a week{off}"


def _window(sides: Sides, before: MutingRule, after: MutingRule) -> Iterator[Told]:
    fields = tuple(one for one in _WINDOW if getattr(before, one) != getattr(after, one))
    if not fields:
        return
    was, now = window(before), window(after)
    begins = _first_day(before) != _first_day(after)
    if was != now:
        more = hours_a_week(after) > hours_a_week(before)
        danger = _quieter(sides, after) if more else Danger.LOW
        if more:
            yield from _pages(sides, after, after.policies)
        yield Told("muted", f"Muted {now}; was {was}.", danger, fields, was, now)
    if begins:
        text = f"The first day that it mutes is {_first_day(after)} or later; was {_first_day(before)}."
        covers = tuple(one for one in fields if one.startswith("first"))
        yield Told("begins", text, Danger.LOW, covers, _first_day(before), _first_day(after))
    elif was == now:
        yield Told("muted", f"Muted {now}, as before; the window is written otherwise.", covers=fields)


def _first_day(rule: MutingRule) -> str:
    return datetime.fromisoformat(rule.first_start).date().isoformat()


def _switched(sides: Sides, after: MutingRule) -> Told:
    alerts = alerts_of(sides.new, after.policies)
    if after.enabled:
        text = f"It is switched on: {alerts_in_words(alerts)} {are(alerts)} muted {window(after)}."
        return Told("enabled", text, _quieter(sides, after), ("enabled",), "off", "on")
    text = f"It is switched off: {alerts_in_words(alerts)} {are(alerts)} told at all hours."
    return Told("enabled", text, Danger.LOW, ("enabled",), "on", "off")


def _policies(sides: Sides, before: MutingRule, after: MutingRule) -> Iterator[Told]:
    gone = [one for one in before.policies if one not in after.policies]
    new = [one for one in after.policies if one not in before.policies]
    if new:
        alerts = alerts_of(sides.new, new)
        text = f"{alerts_in_words(alerts)} {are(alerts)} muted too, {window(after)}."
        yield from _pages(sides, after, new)
        yield Told("policies", text, _quieter(sides, after, new), ("policies",))
    if gone:
        alerts = alerts_of(sides.new, gone)
        yield Told("policies", f"{alerts_in_words(alerts)} {are(alerts)} no longer muted.", Danger.LOW, ("policies",))
    if before.policies != after.policies and not new and not gone:
        yield Told("policies", "Its policies stand in another order.", covers=("policies",))


def _pages(sides: Sides, rule: MutingRule, policies: tuple[str, ...] | list[str]) -> Iterator[Told]:
    """Yield that pages are muted."""
    paged = [policy for policy in policies if _paged(sides, policy)]
    if rule.enabled and paged:
        alerts = [one for one in alerts_of(sides.new, paged) if one.severity.pages]
        worst = min((one.severity for one in alerts), default=Severity.SEV1)
        text = f"It mutes {counted(len(alerts), 'alert')} that page: a {worst} wakes nobody {window(rule)}."
        yield Told("wakes", text, Danger.HIGH)


def _quieter(sides: Sides, rule: MutingRule, policies: list[str] | None = None) -> Danger:
    """Return how dangerous it is that a rule mutes more: pages are to wake somebody."""
    if not rule.enabled:
        return Danger.HARMLESS
    paging = any(_paged(sides, policy) for policy in (rule.policies if policies is None else policies))
    return Danger.HIGH if paging else Danger.LOW


def _paged(sides: Sides, policy: str) -> bool:
    """Say whether muting a policy's issues keeps a page from somebody."""
    return any(
        policy in one.policies
        and does_page(one)
        and Priority.CRITICAL in one.priorities
        and one.muted_issues != _TELLS_ALL
        for one in sides.new["workflow"].values()
    )


KIND: Final = Kind("muting-rule", Area.UPKEEP, changed, added, removed)
