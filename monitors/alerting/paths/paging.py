"""The way of a page from a PagerDuty service on: rules, urgency, levels, schedules, people, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from monitors.alerting.escalations import Reached
from monitors.alerting.oncall import next_on_call
from monitors.alerting.pages import within_support_hours
from monitors.alerting.paths.model import Hop, NextOnCall, Notified
from monitors.alerting.paths.words import duration, moment, titled
from monitors.alerting.pcl import Event
from monitors.alerting.responses import Responder, Response, Ring
from monitors.alerting.responses import moment as moment_of
from monitors.alerting.rota import Override
from monitors.spec import (
    ConstantUrgency,
    EscalationPolicy,
    EventRule,
    Schedule,
    ScheduleTarget,
    Service,
    Spec,
    Stack,
    SupportHours,
)
from monitors.spec.places import Place
from monitors.words import counted, listed


@dataclass(frozen=True, slots=True)
class Page:
    """What becomes of an event at a service, as a path's parts."""

    hops: tuple[Hop, ...]
    notified: tuple[Notified, ...]
    ends: tuple[Hop, ...]
    ends_seconds: int | None
    next: NextOnCall | None
    unsure: tuple[str, ...]


def place_of(spec: Spec) -> Place | None:
    """Return where a spec is declared, None for one that was read from elsewhere."""
    found: Place | None = spec.__dict__.get("declared_at")
    return found


def hop(kind: str, spec: Spec, says: str) -> Hop:
    """Return a hop of a spec that has a key."""
    return Hop(kind, getattr(spec, "key"), titled(spec), says, place_of(spec))  # noqa: B009  # only those are given


class Pager:
    """The way of pages through the PagerDuty services of one stack, for events at any moment."""

    def __init__(self, stack: Stack, overrides: Sequence[Override] = ()) -> None:
        response = stack.response
        self._responder = Responder(stack, overrides)
        self._overrides = tuple(overrides)
        self._roles = {user.key: user.role for user in response.users}
        self._schedules = {schedule.key: schedule for schedule in response.schedules}
        self._policies = {policy.key: policy for policy in response.escalation_policies}
        self._services = {service.key: service for service in response.services}

    def service(self, key: str) -> Service:
        """Return a service by its key."""
        return self._services[key]

    def page(
        self, service: Service, event: Event, at: datetime, since: datetime, *, resolver: str, ends: float = inf
    ) -> Page:
        """Return what becomes of an event that comes at a moment; times are counted from `since` on.

        `resolver` says who tells PagerDuty that it is over, which is so at `ends` in seconds since 1970.
        """
        response = self._responder.respond(service, event, at.timestamp(), ends)
        policy = self._policies[service.escalation_policy]
        hops = (hop("pagerduty-service", service, _makes(service)), *_rules(response))
        if response.suppressed:
            return Page(hops, (), (), None, None, _unsure(service, response))
        hops = (*hops, _urgency_hop(service, response, at), self._policy_hop(policy, response))
        if not response.reaches:
            nobody = tuple(self._passed_over(policy, ring) for ring in response.rings if ring.level.loop == 1)
            return Page((*hops, *nobody), (), (), None, self._next(policy, at), _unsure(service, response))
        notified, left = self._notified(service, policy, response.rings, since.timestamp())
        ending = self._ends(service, policy, response, at.timestamp(), resolver)
        last = response.escalation_ends
        ends_seconds = None if last is None else round(last - since.timestamp())
        return Page(hops, notified, (*left, *ending), ends_seconds, None, _unsure(service, response))

    def _policy_hop(self, policy: EscalationPolicy, response: Response) -> Hop:
        levels = counted(len(policy.levels), "level")
        if not response.reaches:
            says = f"Nobody is on call at any of its {levels}: PagerDuty makes no incident, and nobody is notified."
        elif response.urgency == "low":
            says = f"Has {levels}; low urgency notifies the first that has somebody on call, and does not escalate."
        else:
            says = f"Has {levels}, and begins again {counted(policy.loops, 'time')} when nobody acknowledges."
        return hop("escalation-policy", policy, says)

    def _notified(
        self, service: Service, policy: EscalationPolicy, rings: Sequence[Ring], since_seconds: float
    ) -> tuple[tuple[Notified, ...], tuple[Hop, ...]]:
        """Return who is notified, and the levels that are passed over after the last of them."""
        found: list[Notified] = []
        passed_over: list[Hop] = []
        urgency = rings[0].urgency
        for ring in rings:
            level = ring.level
            if ring.urgency != urgency:
                urgency = ring.urgency
                passed_over.append(_raised(service, moment_of(ring.at_seconds)))
            if not level.reached:
                passed_over.append(self._passed_over(policy, ring))
                continue
            hops = (*passed_over, self._level_hop(policy, ring), *self._reached_hops(level.reached))
            after = round(ring.at_seconds - since_seconds)
            found.append(Notified(after, level.users, level.reached, hops, ring.urgency, level.loop, level.number))
            passed_over = []
        return tuple(found), self._trailing(service, policy, rings, found[-1])

    def _trailing(
        self, service: Service, policy: EscalationPolicy, rings: Sequence[Ring], last: Notified
    ) -> tuple[Hop, ...]:
        """Return what is passed over after the last notification: by level in its loop, then whole loops at once."""
        passed_over = [ring for ring in rings if not ring.level.reached]
        if last.urgency == "low" and rings[-1].urgency == "high":
            says = "It reaches nobody then: nobody is on call at any level."
            return _raised(service, moment_of(rings[-1].at_seconds)), hop("escalation-policy", policy, says)
        same = [ring for ring in passed_over if (ring.level.loop, ring.urgency) == (last.loop, last.urgency)]
        hops = [self._passed_over(policy, ring) for ring in same if ring.level.number > last.level]
        loops = sorted({ring.level.loop for ring in passed_over if ring.level.loop > last.loop})
        if loops:
            which = f"Loop {loops[0]} reaches" if len(loops) == 1 else f"Loops {loops[0]} to {loops[-1]} reach"
            says = f"{which} nobody: by then nobody is on call at any level."
            hops.append(Hop("passed-over", policy.key, titled(policy), says, place_of(policy)))
        return tuple(hops)

    def _level_hop(self, policy: EscalationPolicy, ring: Ring) -> Hop:
        level = ring.level
        waits = f"waits {level.delay_minutes} min for an acknowledgement"
        says = f"Loop {level.loop} of {policy.loops + 1}; {waits}." if ring.urgency == "high" else "Low urgency."
        return _level(policy, level.number, says)

    def _passed_over(self, policy: EscalationPolicy, ring: Ring) -> Hop:
        targets = policy.levels[ring.level.number - 1].targets
        names = [f'"{self._schedules[one.schedule].name}"' for one in targets if isinstance(one, ScheduleTarget)]
        says = f"Loop {ring.level.loop}: passed over without waiting, nobody is on call in {listed(names)}."
        return _level(policy, ring.level.number, says, kind="passed-over")

    def _reached_hops(self, reached: Sequence[Reached]) -> Iterator[Hop]:
        for one in reached:
            role = self._roles.get(one.user, one.user)
            if one.schedule is None:
                yield Hop("user", one.user, f'user "{role}"', "The level names this user itself.", None)
                continue
            schedule = self._schedules[one.schedule]
            if one.layer is None:
                yield hop("schedule", schedule, f"{role} is on call by an override.")
                continue
            yield hop("schedule", schedule, f'{role} is on call by layer "{one.layer}".')
            yield _layer_hop(schedule, one.layer)

    def _ends(
        self, service: Service, policy: EscalationPolicy, response: Response, at_seconds: float, resolver: str
    ) -> Iterator[Hop]:
        last = next(ring for ring in reversed(response.rings) if ring.level.reached)
        people = listed(self._roles.get(user, user) for user in last.level.users)
        if response.escalation_ends is not None:
            after = duration(response.escalation_ends - at_seconds)
            says = f"The escalation ends {after} after the page: the incident stays with {people}."
            yield hop("escalation-policy", policy, says)
        elif last.urgency == "low":
            yield hop("escalation-policy", policy, f"Low urgency does not escalate: it stays with {people}.")
        yield hop("pagerduty-service", service, _acknowledged(service))
        yield hop("pagerduty-service", service, _resolved(service, resolver))

    def _next(self, policy: EscalationPolicy, at: datetime) -> NextOnCall | None:
        """Return who of the policy's schedules is on call next, within a week."""
        keys = dict.fromkeys(
            target.schedule for level in policy.levels for target in level.targets if isinstance(target, ScheduleTarget)
        )
        found = (
            (coming, key)
            for key in keys
            if (coming := next_on_call(self._schedules[key], at, overrides=self._overrides)) is not None
        )
        first = min(found, key=lambda one: one[0][0], default=None)
        return None if first is None else NextOnCall(first[0][0], first[0][1], first[1])


def _makes(service: Service) -> str:
    joins = service.grouping_window_seconds
    if joins is None:
        return "Makes an incident of the event."
    return f"Makes an incident of the event; one that comes within {duration(joins)} of another joins its incident."


def _rules(response: Response) -> Iterator[Hop]:
    for rule, verdict in response.rules:
        if verdict is None:
            says = f"Whether {rule.condition} is not known before the event comes; taken as not."
        elif verdict:
            says = f"{rule.condition}: {_does(rule)}."
        else:
            says = f"Does not match: not {rule.condition}."
        yield Hop("event-rule", rule.label, f'event rule "{rule.label}"', says, place_of(rule))


def _does(rule: EventRule) -> str:
    if rule.suppress:
        return "it makes no incident, and nobody is notified"
    does = [f"it sets severity {rule.severity}"] if rule.severity is not None else []
    return listed([*does, *(["it adds a note"] if rule.note is not None else [])])


def _unsure(service: Service, response: Response) -> tuple[str, ...]:
    """Return what could turn out otherwise by a rule whose condition what is known does not decide."""
    by_severity = isinstance(service.urgency, ConstantUrgency) and service.urgency.urgency == "severity_based"
    unknown = [rule for rule, verdict in response.rules if verdict is None]
    found = [
        f'Event rule "{rule.label}" {"makes no incident of it" if rule.suppress else f"sets severity {rule.severity}"}'
        f" if {rule.condition}, which is not known before the event comes."
        for rule in unknown
        if rule.suppress or (by_severity and rule.severity is not None)
    ]
    if unknown and response.suppressed:
        labels = listed(f'"{rule.label}"' for rule in unknown)
        found.append(f"It is not suppressed if an earlier rule matches: {labels}.")
    if by_severity and response.severity is None and not response.suppressed:
        found.append("The service takes its urgency from the event's severity, which is not known; taken as high.")
    return tuple(found)


def _urgency_hop(service: Service, response: Response, at: datetime) -> Hop:
    urgency = service.urgency
    if isinstance(urgency, SupportHours):
        where = "Within" if within_support_hours(urgency, at) else "Outside"
        hours = f"{urgency.start[:5]} to {urgency.end[:5]} {urgency.time_zone}"
        says = f"{where} support hours ({hours}): {response.urgency} urgency."
    elif urgency.urgency == "severity_based":
        says = f"By the event's severity, {response.severity or 'not known'}: {response.urgency} urgency."
    else:
        says = f"Always {urgency.urgency} urgency."
    return Hop("urgency", service.key, "urgency", says, place_of(urgency))


def _raised(service: Service, at: datetime) -> Hop:
    hours = service.urgency
    zone = hours.time_zone if isinstance(hours, SupportHours) else "Etc/UTC"
    says = f"Support hours begin {moment(at, zone)}: it is raised to high urgency, and escalates from then on."
    return Hop("urgency", service.key, "urgency", says, place_of(hours))


def _layer_hop(schedule: Schedule, name: str) -> Hop:
    layer = next(one for one in schedule.layers if one.name == name)
    says = f"Turns of {duration(layer.turn_seconds)} since {layer.start}"
    if layer.restrictions:
        says = f"{says}, within its {counted(len(layer.restrictions), 'restriction')}"
    if len(schedule.layers) > 1:
        says = f"{says}; a later layer covers an earlier one"
    return Hop("layer", f"{schedule.key}/{name}", f'layer "{name}"', f"{says}.", place_of(layer))


def _level(policy: EscalationPolicy, number: int, says: str, kind: str = "level") -> Hop:
    title = f"level {number} of {len(policy.levels)}"
    return Hop(kind, f"{policy.key}/{number}", title, says, place_of(policy.levels[number - 1]))


def _acknowledged(service: Service) -> str:
    timeout = service.acknowledgement_timeout_seconds
    if timeout is None:
        return "An acknowledgement stops the escalation for good."
    return f"An acknowledgement stops the escalation; {duration(timeout)} later, unresolved, the incident pages again."


def _resolved(service: Service, resolver: str) -> str:
    if service.auto_resolve_seconds is None:
        return f"{resolver}, or a person, resolves the incident; the service does not by itself."
    after = duration(service.auto_resolve_seconds)
    return f"{resolver}, or a person, resolves the incident; the service does so by itself after {after}."
