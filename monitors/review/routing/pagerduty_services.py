"""PagerDuty services: when an incident wakes somebody, whom it asks, and when it ends or comes back by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Area, Danger
from monitors.review.routing.escalation_policies import levels
from monitors.review.routing.event_rules import event_rule_facts
from monitors.review.routing.ladders import gives_up_after_seconds
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, Told
from monitors.review.routing.weekly import ALWAYS, inverse, when, workday_spans
from monitors.review.routing.words import clock, quoted
from monitors.spec import ConstantUrgency, EscalationPolicy, Service, SupportHours
from monitors.words import duration, listed

_SEVERITY_BASED: Final = "Every incident has the urgency of its event"


def changed(sides: Sides, before: Service, after: Service) -> Iterator[Told]:
    """Yield when and whom incidents wake otherwise; whom New Relic's pages reach by that is told as an effect."""
    if before.urgency != after.urgency:
        yield from _urgency(before.urgency, after.urgency)
    if before.escalation_policy != after.escalation_policy:
        yield _escalation(sides, before, after)
    if before.auto_resolve_seconds != after.auto_resolve_seconds:
        yield _auto_resolve(before.auto_resolve_seconds, after.auto_resolve_seconds)
    if before.acknowledgement_timeout_seconds != after.acknowledgement_timeout_seconds:
        yield _acknowledgement(before.acknowledgement_timeout_seconds, after.acknowledgement_timeout_seconds)
    if before.grouping_window_seconds != after.grouping_window_seconds:
        yield _grouping(before.grouping_window_seconds, after.grouping_window_seconds)
    yield from event_rule_facts(before, after)


def added(sides: Sides, one: Service) -> Iterator[Told]:
    """Yield whom a new service asks, when, and what comes into it."""
    policy = sides.new["escalation-policy"].get(one.escalation_policy)
    yield Told("asks", f"Its incidents ask {_levels(sides, policy)}. {urgency(one.urgency)}.", Danger.LOW)
    ways = [sides.called("integration", key) for key, way in sides.new["integration"].items() if way.service == one.key]
    text = f"Events come in by {listed(quoted(ways))}." if ways else "No integration leads into it."
    yield Told("integrations", text, Danger.LOW)
    if one.auto_resolve_seconds is not None:
        yield _auto_resolve(None, one.auto_resolve_seconds)


def removed(sides: Sides, one: Service) -> Iterator[Told]:
    """Yield whom a service asked that is gone."""
    policy = sides.old["escalation-policy"].get(sides.with_todays_keys(one).escalation_policy)
    text = f"Its incidents asked {_levels(sides, policy)}; PagerDuty deletes those that are open with it."
    yield Told("asks", text, Danger.MEDIUM)


def urgency(of: ConstantUrgency | SupportHours) -> str:
    """Return when a service wakes somebody."""
    if isinstance(of, ConstantUrgency):
        return {
            "high": "Incidents wake somebody at every hour",
            "low": "Incidents wake nobody at any hour",
            "severity_based": _SEVERITY_BASED,
        }[of.urgency]
    inside = workday_spans(of.weekdays, of.start, of.end)
    times = {"high": [], "low": []}  # type: dict[str, list[tuple[int, int]]]
    times[of.inside] += inside
    times[of.outside] += inverse(inside)
    if not times["low"] or not times["high"]:
        return f"Incidents wake {'somebody' if times['high'] else 'nobody'} {ALWAYS}"
    text = f"Incidents wake somebody {when(sorted(times['high']))} ({of.time_zone}) and nobody otherwise"
    raised = f"; those that wait wake somebody at {clock(of.start)}" if of.raise_at_start else ""
    return f"{text}{raised}"


def _urgency(before: ConstantUrgency | SupportHours, after: ConstantUrgency | SupportHours) -> Iterator[Told]:
    was, now = urgency(before), urgency(after)
    if was == now:
        yield Told("urgency", f"{now}, as before; the hours are written otherwise.", covers=("urgency",))
    else:
        text = f"{now}; before: {was[:1].lower()}{was[1:]}."
        yield Told("urgency", text, Danger.MEDIUM, ("urgency",), was, now)


def _escalation(sides: Sides, before: Service, after: Service) -> Told:
    old: EscalationPolicy | None = sides.old["escalation-policy"].get(before.escalation_policy)
    new: EscalationPolicy | None = sides.new["escalation-policy"].get(after.escalation_policy)
    was, now = (f'"{sides.called("escalation-policy", one.escalation_policy)}"' for one in (before, after))
    text = f"Incidents are escalated by {now}: {_levels(sides, new)}; was by {was}: {_levels(sides, old)}."
    if old and new and gives_up_after_seconds(old) != gives_up_after_seconds(new):
        text += (
            f" It gives up after {duration(gives_up_after_seconds(new))}, was {duration(gives_up_after_seconds(old))}."
        )
    return Told("escalation", text, Danger.MEDIUM, ("escalation_policy",), was, now)


def _levels(sides: Sides, policy: EscalationPolicy | None) -> str:
    return "nobody" if policy is None else levels(sides, policy)


def _auto_resolve(before: int | None, after: int | None) -> Told:
    was, now = _after(before), _after(after)
    if after is None:
        text = f"No incident is resolved by itself any more; was {was}."
        return Told("auto-resolve", text, Danger.LOW, ("auto_resolve_seconds",), was, now)
    text = f"A real outage would be resolved {now} though nobody has solved it; was {was}."
    danger = Danger.HIGH if before is None or after < before else Danger.LOW
    return Told("auto-resolve", text, danger, ("auto_resolve_seconds",), was, now)


def _acknowledgement(before: int | None, after: int | None) -> Told:
    was, now = _after(before), _after(after)
    field = ("acknowledgement_timeout_seconds",)
    if after is None:
        text = f"An incident that somebody acknowledged and forgot never pages again; was {was}."
        return Told("acknowledgement", text, Danger.HIGH, field, was, now)
    text = f"An incident that is acknowledged and not solved pages again {now}; was {was}."
    later = before is not None and after > before
    return Told("acknowledgement", text, Danger.HIGH if later else Danger.MEDIUM, field, was, now)


def _grouping(before: int | None, after: int | None) -> Told:
    was, now = ("not at all" if one is None else f"within {duration(one)}" for one in (before, after))
    text = f"Alerts are joined to one incident {now}; was {was}."
    if after is None:
        text = f"Every alert is an incident of its own and pages by itself; before they were joined {was}."
    # Fewer are joined: people are woken more often.
    more = after is None or (before is not None and after < before)
    return Told("grouping", text, Danger.MEDIUM if more else Danger.LOW, ("grouping_window_seconds",), was, now)


def _after(timeout_seconds: int | None) -> str:
    return "never" if timeout_seconds is None else f"after {duration(timeout_seconds)}"


KIND: Final = Kind("pagerduty-service", Area.ROUTING, changed, added, removed)
