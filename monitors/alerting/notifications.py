"""Who is told of issues: when, by which workflow, through which channel, and for pages which people at which minute.

Rules: "Workflows" and "Muting rules: Suppress notifications" of docs.newrelic.com. What
PagerDuty does stands in `responses`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from monitors.alerting.issues import Issue
from monitors.alerting.responses import Responder, issue_event
from monitors.spec import (
    Channel,
    EmailChannel,
    PagerDutyChannel,
    PagerDutyDestination,
    RunbookSection,
    SlackChannel,
    Stack,
    Trigger,
    WebhookChannel,
    Workflow,
)

Kind = Literal["page", "slack", "e-mail", "webhook"]
_KINDS: Final[dict[type[Channel], Kind]] = {
    PagerDutyChannel: "page",
    SlackChannel: "slack",
    EmailChannel: "e-mail",
    WebhookChannel: "webhook",
}


@dataclass(frozen=True, slots=True)
class Paged:
    """People who are notified at a moment, by user key."""

    at: float
    service: str
    urgency: Literal["high", "low"]
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notification:
    """One message about an issue through one channel, named by its destination's key.

    `condition` and `runbook` are those of the issue's first incident, which the message is about. `pages` says who is
    notified until the issue closes if nobody acknowledges; it is empty for other channels, when the issue closes, and
    where nobody is on call. (A page is made once: workflows that page take critical issues only, which stay critical.)
    """

    at: float
    trigger: Trigger
    issue: Issue
    workflow: str
    destination: str
    kind: Kind
    condition: str
    runbook: RunbookSection
    pages: tuple[Paged, ...] = ()


def notify(stack: Stack, issues: Iterable[Issue]) -> tuple[Notification, ...]:
    """Return everything that is sent about issues of the stack, in the order of time."""
    pager = _Pager(stack)
    runbooks = {one.key: one.runbook for one in stack.observability.conditions}
    found = [
        Notification(
            at=at,
            trigger=trigger,
            issue=issue,
            workflow=workflow.key,
            destination=channel.destination,
            kind=_KINDS[type(channel)],
            condition=issue.incidents[0].condition,
            runbook=runbooks[issue.incidents[0].condition],
            pages=() if trigger is Trigger.CLOSED else pager.pages(channel, issue, at),
        )
        for issue in issues
        for workflow in stack.observability.workflows
        for at, trigger in _news(workflow, issue)
        for channel in workflow.channels
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def _news(workflow: Workflow, issue: Issue) -> Iterator[tuple[float, Trigger]]:
    """Yield when the workflow tells of an issue, and for which trigger.

    "A workflow is triggered by issue events for issues that match the workflow filter and their matching notification
    triggers": a workflow for CRITICAL alone hears of an issue that was HIGH at first by PRIORITY_CHANGED or never.
    """
    if issue.policy not in workflow.policies:
        return
    if issue.muted_by is not None and workflow.muted_issues != "NOTIFY_ALL_ISSUES":
        return
    events = [(issue.opened_at, Trigger.ACTIVATED)]
    if issue.raised_at is not None:
        events.append((issue.raised_at, Trigger.PRIORITY_CHANGED))
    if issue.closed_at is not None:
        events.append((issue.closed_at, Trigger.CLOSED))
    for at, trigger in events:
        if trigger in workflow.triggers and issue.priority_at(at) in workflow.priorities:
            yield at, trigger


class _Pager:
    """Whom pages of one stack reach."""

    def __init__(self, stack: Stack) -> None:
        self._responder = Responder(stack)
        services = {service.key: service for service in stack.response.services}
        integrations = {one.key: services[one.service] for one in stack.response.integrations}
        self._services = {
            one.key: integrations[one.integration]
            for one in stack.observability.destinations
            if isinstance(one, PagerDutyDestination)
        }

    def pages(self, channel: Channel, issue: Issue, at_seconds: float) -> tuple[Paged, ...]:
        """Return who is notified of a page that comes in at a moment, until the issue closes."""
        if not isinstance(channel, PagerDutyChannel):
            return ()
        service = self._services[channel.destination]
        event = issue_event(channel, issue.priority_at(at_seconds))
        ends = inf if issue.closed_at is None else issue.closed_at
        return tuple(
            Paged(ring.at_seconds, service.key, ring.urgency, ring.level.users)
            for ring in self._responder.respond(service, event, at_seconds, ends).rings
            if ring.level.reached
        )
