"""What a PagerDuty service makes of an event: its rules, the urgency, and who is notified until the incident ends.

Rules: "Configurable Service Settings" and "Event Orchestration" of support.pagerduty.com.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from math import inf
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from monitors.alerting.escalations import Level, walk
from monitors.alerting.pages import urgency_at
from monitors.alerting.pcl import Event, Verdict, meets
from monitors.alerting.rota import Override
from monitors.spec import ConstantUrgency, EventRule, PagerDutyChannel, Priority, Service, Stack, SupportHours

Urgency = Literal["high", "low"]
_SEVERITY_PATH = ("event", "severity")
_DETAILS_PATH = ("event", "custom_details")


class Ring(NamedTuple):
    """A level of an incident's escalation at its turn, in seconds since 1970; where it reaches nobody, none rings."""

    at_seconds: float
    urgency: Urgency
    level: Level


@dataclass(frozen=True, slots=True)
class Response:
    """What becomes of one event at a service.

    `rules` are the service's event rules as far as they were looked at, each with whether the event meets it.
    `severity` is the event's after them, None when it is not known. `suppressed` says that there is no incident.
    `raised_at` is when support hours raise it from low to high urgency. `escalation_ends` is when the last level has
    waited in vain, `resolved_at` when the service resolves the incident by itself; both None where that never is.
    """

    rules: tuple[tuple[EventRule, Verdict], ...]
    severity: str | None
    suppressed: bool
    urgency: Urgency
    rings: tuple[Ring, ...] = ()
    raised_at: float | None = None
    escalation_ends: float | None = None
    resolved_at: float | None = None

    @property
    def reaches(self) -> bool:
        """Whether anybody is ever notified; where nobody is on call, PagerDuty makes no incident at all."""
        return any(ring.level.reached for ring in self.rings)


class Responder:
    """What the PagerDuty services of one stack make of events."""

    def __init__(self, stack: Stack, overrides: Sequence[Override] = ()) -> None:
        self._schedules = {schedule.key: schedule for schedule in stack.response.schedules}
        self._policies = {policy.key: policy for policy in stack.response.escalation_policies}
        self._overrides = tuple(overrides)

    def respond(self, service: Service, event: Event, at_seconds: float, ends: float = inf) -> Response:
        """Return what becomes of an event at a moment, for an incident that nobody acknowledges until it closes."""
        rules = tuple(_looked_at(service, event, moment(at_seconds)))
        rule = next((rule for rule, verdict in rules if verdict), None)
        severity = event.fields.get(_SEVERITY_PATH) if rule is None or rule.severity is None else rule.severity
        urgency = _urgency(service, severity, moment(at_seconds))
        found = Response(rules, severity, suppressed=rule is not None and rule.suppress, urgency=urgency)
        if found.suppressed:
            return found
        resolved_at = None if service.auto_resolve_seconds is None else at_seconds + service.auto_resolve_seconds
        return _until(self._incident(service, at_seconds, found), at_seconds, ends, resolved_at)

    def _incident(self, service: Service, at_seconds: float, found: Response) -> Response:
        rings = self._escalated(service, at_seconds, found.urgency)
        raised_at = None
        if any(ring.level.reached for ring in rings):
            raised_at = _raised_at(service, at_seconds, found.urgency)
        if raised_at is not None:
            rings += self._escalated(service, raised_at, "high")
        last = next((ring for ring in reversed(rings) if ring.level.reached and ring.urgency == "high"), None)
        ends = None if last is None else last.at_seconds + last.level.delay_minutes * 60
        return replace(found, rings=rings, raised_at=raised_at, escalation_ends=ends)

    def _escalated(self, service: Service, at_seconds: float, urgency: Urgency) -> tuple[Ring, ...]:
        """Return the levels from a moment on: "Low-urgency incidents will not escalate"."""
        policy = self._policies[service.escalation_policy]
        rings: list[Ring] = []
        for level in walk(policy, self._schedules, moment(at_seconds), self._overrides):
            rings.append(Ring(at_seconds + level.after_minutes * 60, urgency, level))
            if urgency == "low" and level.reached:
                break
        return tuple(rings)


def moment(at_seconds: float) -> datetime:
    """Return seconds since 1970 as a moment."""
    return datetime.fromtimestamp(at_seconds, UTC)


def issue_event(channel: PagerDutyChannel, priority: Priority) -> Event:
    """Return what is known of the event that New Relic sends through a channel about an issue.

    Its priority is the event's severity, its custom details are the channel's and no others; what a template fills in
    is not known before there is an issue.
    """
    details: dict[tuple[str, ...], str | None] = {
        (*_DETAILS_PATH, name): None if "{{" in text else text for name, text in channel.details.items()
    }
    severity = "critical" if priority is Priority.CRITICAL else "warning"
    return Event({_SEVERITY_PATH: severity, ("event", "summary"): None, **details}, whole=(_DETAILS_PATH,))


def _looked_at(service: Service, event: Event, at: datetime) -> Iterator[tuple[EventRule, Verdict]]:
    """Yield the event rules up to the first that matches: PagerDuty looks at no other after it."""
    for rule in service.event_rules:
        verdict = meets(rule.condition, event, at)
        yield rule, verdict
        if verdict:
            return


def _until(found: Response, at_seconds: float, ends: float, resolved_at: float | None) -> Response:
    """Return a response cut off where the issue closes, or the service resolves the incident by itself."""
    ends = min(ends, inf if resolved_at is None else resolved_at)
    # Who is notified in the very second in which it closes is the first only, for an issue without length.
    rings = tuple(ring for ring in found.rings if ring.at_seconds < ends or ring.at_seconds == at_seconds)
    last = found.escalation_ends
    return replace(
        found,
        rings=rings,
        raised_at=None if found.raised_at is None or found.raised_at >= ends else found.raised_at,
        escalation_ends=None if last is None or last >= ends else last,
        resolved_at=resolved_at,
    )


def _urgency(service: Service, severity: str | None, at: datetime) -> Urgency:
    if isinstance(service.urgency, ConstantUrgency) and service.urgency.urgency == "severity_based":
        # PagerDuty takes critical and error as high; so it does an event without a severity.
        return "low" if severity in ("warning", "info") else "high"
    return "high" if urgency_at(service, at) == "high" else "low"


def _raised_at(service: Service, at_seconds: float, urgency: Urgency) -> float | None:
    """Return when support hours begin and raise a waiting incident from low to high urgency, None when they do not."""
    hours = service.urgency
    if urgency == "high" or not isinstance(hours, SupportHours) or not hours.raise_at_start:
        return None
    zone = ZoneInfo(hours.time_zone)
    today = moment(at_seconds).astimezone(zone).date()
    days = (today + timedelta(days=count) for count in range(8))
    starts = (
        datetime.combine(day, time.fromisoformat(hours.start), zone).timestamp()
        for day in days
        if day.isoweekday() in hours.weekdays
    )
    return next(start for start in starts if start > at_seconds)
