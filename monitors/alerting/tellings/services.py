"""What a PagerDuty service makes of an alert's events over time: a page of high urgency, of low urgency, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Final, Literal
from zoneinfo import ZoneInfo

from monitors.alerting.pages import urgency_at
from monitors.alerting.pcl import Event, meets
from monitors.alerting.rota.clock import clock_moments
from monitors.alerting.rota.spans import Span
from monitors.spec import ConstantUrgency, Service, SupportHours

Urgency = Literal["high", "low", "none"]
Sureness = Literal["least", "most"]
_Outcome = tuple[bool, str | None]  # whether an event is suppressed, and its severity where it is known
_RANK: Final = ("none", "low", "high")
_SEVERITY: Final = ("event", "severity")
_NOW: Final = re.compile(r"\bnow\b")
_HOURS: Final = re.compile(r"(\d\d:\d\d:\d\d)\s+to\s+(\d\d:\d\d:\d\d)\s+([A-Za-z_/+\-0-9]+)")
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)\s+(\d\d:\d\d:\d\d)\s+([A-Za-z_/+\-0-9]+)")


def urgencies(service: Service, event: Event, within: Span, sure: Sureness) -> Iterator[tuple[Span, Urgency]]:
    """Yield the urgency of an event's incident over a time, ascending and without a gap.

    Where a rule depends on what nobody knows before the event comes, it is the least or the most that may come of it.
    """
    moments = sorted({within[0], *(one for one in _moments(service, within) if within[0] < one < within[1])})
    changes = any(_NOW.search(rule.condition) for rule in service.event_rules)
    first = [*_outcomes(service, event, within[0])]
    at_each = (
        (moment, _urgency(service, _outcomes(service, event, moment) if changes else first, moment, sure))
        for moment in moments
    )
    starts = [(next(same)[0], urgency) for urgency, same in groupby(at_each, key=lambda one: one[1])]
    for (start, urgency), (end, _) in pairwise([*starts, (within[1], "none")]):
        yield (start, end), urgency


def raises(service: Service, within: Span) -> list[datetime]:
    """Return the moments at which support hours begin and raise what waits with low urgency."""
    hours = service.urgency
    if not isinstance(hours, SupportHours) or not hours.raise_at_start:
        return []
    zone, begins = ZoneInfo(hours.time_zone), time.fromisoformat(hours.start)
    days = {one.astimezone(zone).date() for one in clock_moments(hours.time_zone, [begins], *within)}
    starts = (datetime.combine(day, begins, zone).astimezone(UTC) for day in days if day.isoweekday() in hours.weekdays)
    return sorted(starts)


def _moments(service: Service, within: Span) -> Iterator[datetime]:
    """Yield every moment at which the urgency may change."""
    hours = service.urgency
    if isinstance(hours, SupportHours):
        clocks = time.fromisoformat(hours.start), time.fromisoformat(hours.end)
        yield from clock_moments(hours.time_zone, clocks, *within)
    for rule in service.event_rules:
        if _NOW.search(rule.condition):
            yield from _told_moments(rule.condition, within)


def _told_moments(condition: str, within: Span) -> Iterator[datetime]:
    for start, end, zone in _HOURS.findall(condition):
        yield from clock_moments(zone, (time.fromisoformat(start), time.fromisoformat(end), time(0)), *within)
    for day, clock, zone in _MOMENT.findall(condition):
        moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        yield from (moment, moment + timedelta.resolution)  # it may be asked whether it is later than that


def _urgency(service: Service, outcomes: Iterable[_Outcome], at: datetime, sure: Sureness) -> Urgency:
    found = {_of(service, suppressed, severity, at) for suppressed, severity in outcomes}
    return (min if sure == "least" else max)(found, key=_RANK.index)


def _outcomes(service: Service, event: Event, at: datetime) -> Iterator[_Outcome]:
    """Yield whether the event is suppressed, and its severity, for each rule that may be the first to match."""
    own = event.fields.get(_SEVERITY)
    for rule in service.event_rules:
        verdict = meets(rule.condition, event, at)
        if verdict is not False:
            yield rule.suppress, rule.severity or own
        if verdict:
            return
    yield False, own


def _of(service: Service, suppressed: bool, severity: str | None, at: datetime) -> Urgency:
    if suppressed:
        return "none"
    if isinstance(service.urgency, ConstantUrgency) and service.urgency.urgency == "severity_based":
        return "low" if severity in ("warning", "info") else "high"
    return "high" if urgency_at(service, at) == "high" else "low"
