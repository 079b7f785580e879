"""Whom issues are told to, and when, for all moments at which one may open: by intervals, and none is sampled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from monitors.alerting.muting import mute, windows
from monitors.alerting.responses import issue_event
from monitors.alerting.rota.spans import Span, common, difference, union
from monitors.alerting.tellings.ladder import Ladders
from monitors.alerting.tellings.services import Sureness, raises, urgencies
from monitors.alerting.tellings.telling import TICK, Kind, Telling
from monitors.spec import (
    Channel,
    EmailChannel,
    PagerDutyChannel,
    PagerDutyDestination,
    Priority,
    Service,
    SlackChannel,
    Stack,
    WebhookChannel,
    Workflow,
)

_KINDS: Final[Mapping[type[Channel], Kind]] = {
    PagerDutyChannel: "page",
    SlackChannel: "slack",
    EmailChannel: "e-mail",
    WebhookChannel: "webhook",
}
_Teller = Callable[[Sequence[Span]], Iterator[Telling]]  # what a channel tells of issues that open in some spans
_LATER: Final = timedelta(days=1)  # an assertion waits no longer


@dataclass(frozen=True, slots=True)
class _Muted:
    """Issues that open in a span are muted until a moment, and then open anew if they are not over."""

    span: Span
    until: datetime


class Tellings:
    """Whom the issues of one stack are told to that open within a time, last on, and that nobody acknowledges."""

    def __init__(self, stack: Stack, within: Span) -> None:
        self._seen, self._within = stack.observability, within
        self._whole = within[0], within[1] + _LATER
        self._ladders = Ladders(stack, self._whole)
        services = {service.key: service for service in stack.response.services}
        integrations = {one.key: services[one.service] for one in stack.response.integrations}
        self._services = {
            one.key: integrations[one.integration]
            for one in self._seen.destinations
            if isinstance(one, PagerDutyDestination)
        }
        self._known: dict[tuple[str, Priority, Sureness], tuple[Telling, ...]] = {}

    def of(self, policy: str, priority: Priority, sure: Sureness) -> tuple[Telling, ...]:
        """Return the tellings of a New Relic policy's issues of a priority.

        Where a rule depends on what nobody knows before the event comes, they are the least or the most of them.
        """
        key = policy, priority, sure
        if key not in self._known:
            self._known[key] = tuple(one for one in self._of(*key) if one.opens)
        return self._known[key]

    def _of(self, policy: str, priority: Priority, sure: Sureness) -> Iterator[Telling]:
        muted = self._muted(policy)
        unmuted = difference([self._within], union(one.span for one in muted))
        for workflow in self._seen.workflows:
            if policy in workflow.policies and priority in workflow.priorities:
                for channel in workflow.channels:
                    told = self._teller(channel, priority, sure)
                    yield from told(unmuted)
                    for one in muted:
                        yield from self._told_muted(workflow, policy, told, one)

    def _told_muted(self, workflow: Workflow, policy: str, told: _Teller, muted: _Muted) -> Iterator[Telling]:
        """Yield what is told of issues that open muted: while they are, where the workflow is told, and afterwards."""
        tells_muted = workflow.muted_issues == "NOTIFY_ALL_ISSUES"
        if tells_muted:
            yield from (one.until(muted.until) for one in told([muted.span]))
        opens: datetime | None = muted.until
        while opens is not None:
            ends = self._muted_until(policy, opens)
            if ends is None or tells_muted:
                for one in told([(opens, opens + TICK)]):
                    again = one.for_issues([muted.span], opens)
                    yield again if ends is None else again.until(ends)
            opens = ends

    def _muted(self, policy: str) -> list[_Muted]:
        rules = (rule for rule in self._seen.muting_rules if policy in rule.policies)
        spans = common(union(span for rule in rules for span in windows(rule, *self._within)), [self._within])
        edges = {edge for rule in self._seen.muting_rules for span in windows(rule, *self._within) for edge in span}
        found: list[_Muted] = []
        for start, end in spans:
            for piece in pairwise([start, *sorted(edge for edge in edges if start < edge < end), end]):
                until = self._muted_until(policy, piece[0])
                if until is not None:
                    found.append(_Muted(piece, until))
        return found

    def _muted_until(self, policy: str, at: datetime) -> datetime | None:
        held = mute(self._seen.muting_rules, policy, at.timestamp())
        return None if held is None else datetime.fromtimestamp(held.until_seconds, UTC)

    def _teller(self, channel: Channel, priority: Priority, sure: Sureness) -> _Teller:
        if not isinstance(channel, PagerDutyChannel):
            kind = _KINDS[type(channel)]
            return lambda opens: iter([Telling(kind, opens)])
        service, event = self._services[channel.destination], issue_event(channel, priority)
        by_urgency = [*urgencies(service, event, self._whole, sure)]
        high = union(span for span, urgency in by_urgency if urgency == "high")
        low = union(span for span, urgency in by_urgency if urgency == "low")
        return lambda opens: self._paged(service, common(opens, high), common(opens, low))

    def _paged(self, service: Service, high: Sequence[Span], low: Sequence[Span]) -> Iterator[Telling]:
        """Yield whom pages of a service reach: those of high urgency, and those that are raised to it later."""
        told = (*self._ladders.climb(service.escalation_policy, high), *self._raised(service, low))
        if service.auto_resolve_seconds is None:
            yield from told
            return
        resolved = timedelta(seconds=service.auto_resolve_seconds)
        yield from (one for telling in told if (one := telling.for_at_most(resolved)).opens)

    def _raised(self, service: Service, low: Sequence[Span]) -> Iterator[Telling]:
        """Yield whom incidents reach that wait with low urgency until support hours begin.

        There is no incident where nobody is on call: nothing waits then.
        """
        key = service.escalation_policy
        waiting = common(low, self._ladders.covered(key))
        since = self._whole[0]
        for raised_at in raises(service, self._whole):
            opens = common(waiting, [(since, raised_at)]) if since < raised_at else []
            if opens:
                for one in self._ladders.climb(key, [(raised_at, raised_at + TICK)]):
                    yield one.for_issues(opens, raised_at)
            since = raised_at
