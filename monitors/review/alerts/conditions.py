"""What an edit of an alert changes for the people who hear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from monitors.review.alerts import queries, signals, thresholds, times
from monitors.review.alerts.edits import Edit
from monitors.review.alerts.reach import Routes
from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.phrases import quoted
from monitors.rules.routes import opens
from monitors.spec import NrqlCondition, Priority, RunbookSection
from monitors.words import duration


def findings(
    old: NrqlCondition, new: NrqlCondition, before: Routes, after: Routes, at: datetime, follows: str = ""
) -> Iterator[Finding]:
    """Yield what differs between two sides of one alert.

    `follows` names the service level whose objective moved the critical value, "" where none did: the service level
    tells what that means.
    """
    edit = Edit(old, new, before.pages(old), after.pages(new))
    if old.enabled != new.enabled:
        yield _enabled(edit)
    yield from _pages(edit, before, after, at)
    if old.severity is not new.severity:
        yield _severity(edit)
    for one in thresholds.findings(edit, after.of(new).tells(Priority.HIGH)):
        yield _following(edit, one, follows) if follows and one.field == "critical.value" else one
    yield from signals.findings(edit)
    yield from queries.findings(edit)
    yield from times.findings(edit, before.of(old).former, after.of(new).former)
    yield from _policy(edit, before, after)
    if old.owner != new.owner:
        was, now = before.team(old.owner), after.team(new.owner)
        yield Finding("owner", f"belongs to {now}, before to {was}", Danger.LOW, "", was, now, "owner")
    yield from _texts(edit)


_ELSEWHERE: Final = "its service level says what that means for the budget"


def _following(edit: Edit, one: Finding, level: str) -> Finding:
    return replace(one, says=f'follows the objective of "{level}" and {one.says}', meaning=_ELSEWHERE)


def _enabled(edit: Edit) -> Finding:
    if edit.new.enabled:
        meaning = "it pages" if edit.pages else "people are told again"
        return Finding("enabled", "is switched on", edit.more, meaning, "off", "on", "enabled")
    meaning = f"nobody is {edit.told_of} anything it watches any more"
    return Finding("enabled", "is switched off", edit.less, meaning, "on", "off", "enabled")


def _pages(edit: Edit, before: Routes, after: Routes, at: datetime) -> Iterator[Finding]:
    """Yield that it begins or stops to page, and whom; where it is switched on or off that is told there."""
    if edit.old.enabled != edit.new.enabled:
        return
    if edit.paged == edit.pages:
        yield from _other_people(edit, before, after, at)
        return
    if edit.pages:
        first = after.woken_first(edit.new, at) or "nobody, since nobody is on call"
        yield Finding(
            "wakes", "pages now, before it did not", Danger.MEDIUM, f"it wakes {first} first", "nobody", first
        )
        return
    first = before.woken_first(edit.old, at) or "nobody, since nobody was on call"
    heard = _kept(edit, after)
    says = "pages nobody any more"
    yield Finding("wakes", says, Danger.HIGH, f"it woke {first} first, and now {heard}", first, "nobody")


def _other_people(edit: Edit, before: Routes, after: Routes, at: datetime) -> Iterator[Finding]:
    """Yield that an alert in another policy wakes others; where people's turns differ, on call tells it."""
    if not edit.pages or before.of(edit.old).former == after.of(edit.new).former:
        return
    was, now = before.woken_first(edit.old, at), after.woken_first(edit.new, at)
    if was != now:
        names = was or "nobody", now or "nobody"
        yield Finding("wakes", f"wakes {names[1]} first, before {names[0]}", Danger.MEDIUM, "", *names)


def _kept(edit: Edit, after: Routes) -> str:
    told = [after.of(edit.new).tells(one) for one in sorted(opens(edit.new))]
    return next((f"it {one}" for one in told if one), "nobody hears of it")


def _severity(edit: Edit) -> Finding:
    was, now = edit.old.severity, edit.new.severity
    answer, end = duration(now.acknowledge_within_seconds), duration(now.resolve_within_seconds)
    meaning = (
        f"it is to be acknowledged within {answer} and over within {end}, before within "
        f"{duration(was.acknowledge_within_seconds)} and {duration(was.resolve_within_seconds)}"
    )
    milder = now.acknowledge_within_seconds > was.acknowledge_within_seconds
    danger = edit.more if milder or edit.pages else Danger.LOW
    return Finding("severity", f"is {now}, before {was}", danger, meaning, str(was), str(now), "severity")


def _policy(edit: Edit, before: Routes, after: Routes) -> Iterator[Finding]:
    old, new = before.of(edit.old), after.of(edit.new)
    if old.former == new.former:
        return
    was, now = _does(edit.old, before), _does(edit.new, after)
    meaning = f"it {now} as before, by another workflow" if was == now else f"it {now}, before it {was}"
    says = f'is in the policy "{new.policy.name}", before in "{old.policy.name}"'
    yield Finding("policy", says, edit.more, meaning, old.policy.name, new.policy.name, "policy")


def _does(condition: NrqlCondition, routes: Routes) -> str:
    """Return what the gravest issues of a condition do."""
    told = (routes.of(condition).tells(one) for one in sorted(opens(condition)))
    return next((one for one in told if one), "tells nobody")


def _texts(edit: Edit) -> Iterator[Finding]:
    """Yield what differs in what people read and in how incidents end by themselves."""
    for field, tell in _TEXTS.items():
        if getattr(edit.old, field) != getattr(edit.new, field):
            yield from tell(edit)


def _limit(edit: Edit) -> Iterator[Finding]:
    was, now = (duration(one.violation_time_limit_seconds) for one in (edit.old, edit.new))
    sooner = edit.new.violation_time_limit_seconds < edit.old.violation_time_limit_seconds
    meaning = f"what still breaches then opens anew and is told again, {'sooner' if sooner else 'later'} than before"
    danger = edit.more if sooner else Danger.LOW
    says = f"is closed by force after {now}, before after {was}"
    yield Finding("time limit", says, danger, meaning, was, now, "violation_time_limit_seconds")


def _unit(edit: Edit) -> Iterator[Finding]:
    was, now = (one.unit.value for one in (edit.old, edit.new))
    says = f"is read in {_unit_name(now)}, before in {_unit_name(was)}"
    meaning = "New Relic compares bare figures, so that the unit alone changes nothing there"
    yield Finding("unit", says, Danger.LOW, meaning, was, now, "unit")


def _unit_name(unit: str) -> str:
    return "plain numbers" if unit == "1" else unit


def _runbook(edit: Edit) -> Iterator[Finding]:
    old, new = edit.old.runbook, edit.new.runbook
    for field in RunbookSection.model_fields:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            says = f"sends people to {_section(new)}, before to {_section(old)}"
            yield Finding("runbook", says, Danger.HARMLESS, "", was, now, f"runbook.{field}")


def _section(runbook: RunbookSection) -> str:
    return f"{runbook.file}#{runbook.anchor}"


def _key(edit: Edit) -> Iterator[Finding]:
    says = f"has the key {edit.new.key}, before {edit.old.key}"
    meaning = "it is the same alert, but New Relic has to make it anew, and it is blind at first"
    yield Finding("key", says, edit.more, meaning, edit.old.key, edit.new.key, "key")


def _name(edit: Edit) -> Iterator[Finding]:
    was, now = edit.old.name, edit.new.name
    says = f"is the alert that was called {quoted(was)}"
    yield Finding("name", says, Danger.HARMLESS, "", was, now, "name")


def _impact(edit: Edit) -> Iterator[Finding]:
    was, now = edit.old.user_impact, edit.new.user_impact
    says = f"tells people {quoted(now)}, before {quoted(was)}"
    yield Finding("what it means to users", says, Danger.HARMLESS, "", was, now, "user_impact")


_TEXTS: Final[dict[str, Callable[[Edit], Iterator[Finding]]]] = {
    "violation_time_limit_seconds": _limit,
    "key": _key,
    "name": _name,
    "unit": _unit,
    "user_impact": _impact,
    "runbook": _runbook,
}
