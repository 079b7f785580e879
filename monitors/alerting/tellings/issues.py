"""Whom issues are told to, and when, for all moments at which one may open: by intervals, and none is sampled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    MutingRule,
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
        self._paged: dict[tuple[PagerDutyChannel, Priority, Sureness, timedelta], tuple[Telling, ...]] = {}
        self._muted_spans: dict[tuple[MutingRule, ...], list[_Muted]] = {}

    def of(
        self, policy: str, priority: Priority, kinds: Collection[Kind], *, sure: Sureness, limit: timedelta
    ) -> Iterator[Telling]:
        """Yield the tellings of some kinds of a New Relic policy's issues of a priority.

        Where a rule depends on what nobody knows before the event comes, they are the least or the most of them. Those
        that come later than `limit` after an issue opened may be left out.
        """
        for workflow in self._seen.workflows:
            if policy in workflow.policies and priority in workflow.priorities:
                for channel in workflow.channels:
                    if _KINDS[type(channel)] in kinds:
                        told = self._by_channel(channel, priority, sure, limit)
                        yield from (one for one in self._of_workflow(workflow, policy, told) if one.opens)

    def _of_workflow(self, workflow: Workflow, policy: str, told: Sequence[Telling]) -> Iterator[Telling]:
        rules = tuple(rule for rule in self._seen.muting_rules if policy in rule.policies)
        if rules not in self._muted_spans:
            self._muted_spans[rules] = self._muted(rules)
        muted = self._muted_spans[rules]
        yield from _of_issues(told, difference([self._within], union(one.span for one in muted)))
        for one in muted:
            yield from self._of_muted(workflow, policy, told, one)

    def _of_muted(self, workflow: Workflow, policy: str, told: Sequence[Telling], muted: _Muted) -> Iterator[Telling]:
        """Yield what is told of issues that open muted: while they are, where the workflow is told, and afterwards."""
        tells_muted = workflow.muted_issues == "NOTIFY_ALL_ISSUES"
        if tells_muted:
            yield from (one.until(muted.until) for one in _of_issues(told, [muted.span]))
        opens: datetime | None = muted.until
        # What opens anew more than a day later is told as of the last issue before it, too.
        while opens is not None and opens <= muted.until + _LATER:
            ends = self._muted_until(policy, opens)
            if ends is None or tells_muted:
                for one in _of_issues(told, [(opens, opens + TICK)]):
                    again = one.for_issues([muted.span], opens)
                    yield again if ends is None else again.until(ends)
            opens = ends

    def _muted(self, rules: Iterable[MutingRule]) -> list[_Muted]:
        """Return when rules mute, in pieces of one end: that of the window that ends last."""
        mutes = [span for rule in rules for span in windows(rule, *self._within)]
        edges = sorted({edge for span in mutes for edge in span if self._within[0] < edge < self._within[1]})
        found: list[_Muted] = []
        for start, end in pairwise([self._within[0], *edges, self._within[1]]):
            until = max((ends for begins, ends in mutes if begins <= start < ends), default=None)
            if until is not None:
                found.append(_Muted((start, end), until))
        return found

    def _muted_until(self, policy: str, at: datetime) -> datetime | None:
        held = mute(self._seen.muting_rules, policy, at.timestamp())
        return None if held is None else datetime.fromtimestamp(held.until_seconds, UTC)

    def _by_channel(
        self, channel: Channel, priority: Priority, sure: Sureness, limit: timedelta
    ) -> tuple[Telling, ...]:
        """Return what a channel tells of issues that open at any moment and are not muted."""
        if not isinstance(channel, PagerDutyChannel):
            return (Telling(_KINDS[type(channel)], [self._whole]),)
        key = channel, priority, sure, limit  # workflows of one severity have equal channels
        if key not in self._paged:
            self._paged[key] = tuple(self._of_service(*key))
        return self._paged[key]

    def _of_service(
        self, channel: PagerDutyChannel, priority: Priority, sure: Sureness, limit: timedelta
    ) -> Iterator[Telling]:
        """Yield whom pages of a service reach: those of high urgency, and those that are raised to it later."""
        service = self._services[channel.destination]
        by_urgency = [*urgencies(service, issue_event(channel, priority), self._whole, sure)]
        high = union(span for span, urgency in by_urgency if urgency == "high")
        low = union(span for span, urgency in by_urgency if urgency == "low")
        told = (*self._ladders.climb(service.escalation_policy, high, limit), *self._raised(service, low, limit))
        resolved = service.auto_resolve_seconds
        yield from told if resolved is None else (one.for_at_most(timedelta(seconds=resolved)) for one in told)

    def _raised(self, service: Service, low: Sequence[Span], limit: timedelta) -> Iterator[Telling]:
        """Yield whom incidents reach that wait with low urgency until support hours begin.

        There is no incident where nobody is on call: nothing waits then.
        """
        key = service.escalation_policy
        waiting = common(low, self._ladders.covered(key))
        since = self._whole[0]
        for raised_at in raises(service, self._whole):
            opens = common(waiting, [(since, raised_at)]) if since < raised_at else []
            if opens:
                for one in self._ladders.climb(key, [(raised_at, raised_at + TICK)], limit):
                    yield one.for_issues(opens, raised_at)
            since = raised_at


def _of_issues(told: Iterable[Telling], opens: Sequence[Span]) -> Iterator[Telling]:
    """Yield what is told of issues that open in some spans."""
    for one in told:
        shared = common(one.opens, opens)
        if shared:
            yield replace(one, opens=shared)
