"""Whom issues are told to, and when, for all moments at which one may open: by intervals, and none is sampled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from monitors.alerting.muting import Mutes
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
        self._mutes: dict[tuple[MutingRule, ...], Mutes] = {}

    def of(
        self,
        policy: str,
        priority: Priority,
        kinds: Collection[Kind],
        *,
        sure: Sureness,
        limit: timedelta = timedelta.max,
        at: Sequence[Span] | None = None,
    ) -> Iterator[Telling]:
        """Yield the tellings of some kinds of a New Relic policy's issues of a priority.

        Where a rule depends on what nobody knows before the event comes, they are the least or the most of them. Those
        that come later than `limit` after an issue opened, or at no moment of `at`, may be left out.
        """
        for workflow in self._seen.workflows:
            if policy in workflow.policies and priority in workflow.priorities:
                for channel in workflow.channels:
                    if _KINDS[type(channel)] in kinds and (at is None or self._rings(channel, at)):
                        told = self._by_channel(channel, priority, sure, limit)
                        yield from (one for one in self._of_workflow(workflow, policy, told) if one.opens)

    def _rings(self, channel: Channel, at: Sequence[Span]) -> bool:
        """Say whether anybody is on call at some time whom a channel could reach."""
        if not isinstance(channel, PagerDutyChannel):
            return True
        service = self._services[channel.destination]
        return bool(common(self._ladders.covered(service.escalation_policy), at))

    def _of_workflow(self, workflow: Workflow, policy: str, told: Sequence[Telling]) -> Iterator[Telling]:
        rules = tuple(rule for rule in self._seen.muting_rules if policy in rule.policies)
        if not rules:
            yield from _of_issues(told, [self._within])
            return
        if rules not in self._mutes:
            self._mutes[rules] = Mutes(rules, self._whole)
        mutes = self._mutes[rules]
        yield from _of_issues(told, difference([self._within], union(span for span, _ in mutes.pieces)))
        for span, until in mutes.pieces:
            yield from _of_muted(workflow, told, mutes, common([span], [self._within]), until)

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


def _of_muted(
    workflow: Workflow, told: Sequence[Telling], mutes: Mutes, opens: Sequence[Span], until: datetime
) -> Iterator[Telling]:
    """Yield what is told of issues that open muted: while they are, where the workflow is told, and afterwards."""
    if not opens:
        return
    tells_muted = workflow.muted_issues == "NOTIFY_ALL_ISSUES"
    if tells_muted:
        yield from (one.until(until) for one in _of_issues(told, opens))
    again: datetime | None = until
    # What opens anew more than a day later is told as of the last issue before it, too.
    while again is not None and again <= until + _LATER:
        ends = mutes.until(again)
        if ends is None or tells_muted:
            for one in _of_issues(told, [(again, again + TICK)]):
                anew = one.for_issues(opens, again)
                yield anew if ends is None else anew.until(ends)
        again = ends
