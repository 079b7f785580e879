"""Who is told of issues: when, by which workflow, through which channel, and for pages which people at which minute.

Rules: "Workflows" and "Muting rules: Suppress notifications" of docs.newrelic.com; "Escalation Policies" and
"Configurable Service Settings" of support.pagerduty.com.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import inf
from typing import Final, Literal
from zoneinfo import ZoneInfo

from monitors.alerting.issues import Issue
from monitors.alerting.oncall import whole_escalation
from monitors.alerting.pages import urgency_at
from monitors.spec import (
    Channel,
    ConstantUrgency,
    EmailChannel,
    PagerDutyChannel,
    PagerDutyDestination,
    Priority,
    RunbookSection,
    Service,
    SlackChannel,
    Stack,
    SupportHours,
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
        response = stack.response
        self._schedules = response.schedules
        self._policies = {policy.key: policy for policy in response.escalation_policies}
        services = {service.key: service for service in response.services}
        integrations = {one.key: services[one.service] for one in response.integrations}
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
        ends = inf if issue.closed_at is None else issue.closed_at
        if service.auto_resolve_seconds is not None:
            ends = min(ends, at_seconds + service.auto_resolve_seconds)
        urgency = _urgency(service, issue.priority_at(at_seconds), _moment(at_seconds))
        paged = self._escalated(service, at_seconds, urgency)
        if paged and (raised_at := _raised_at(service, at_seconds, urgency)) is not None:
            paged = [*paged, *self._escalated(service, raised_at, "high")]
        # Who is notified in the very second in which it closes is the first only, for an issue without length.
        return tuple(one for one in paged if one.at < ends or one.at == at_seconds)

    def _escalated(self, service: Service, at_seconds: float, urgency: Literal["high", "low"]) -> list[Paged]:
        """Return who is notified from a moment on: "Low-urgency incidents will not escalate"."""
        policy = self._policies[service.escalation_policy]
        steps = whole_escalation(policy, self._schedules, _moment(at_seconds))
        return [
            Paged(at_seconds + step.after_minutes * 60, service.key, urgency, step.users)
            for step in (steps if urgency == "high" else steps[:1])
        ]


def _moment(at_seconds: float) -> datetime:
    return datetime.fromtimestamp(at_seconds, UTC)


def _urgency(service: Service, priority: Priority, at: datetime) -> Literal["high", "low"]:
    if isinstance(service.urgency, ConstantUrgency) and service.urgency.urgency == "severity_based":
        # New Relic sends the issue's priority as the event's severity; PagerDuty takes critical and error as high.
        return "high" if priority is Priority.CRITICAL else "low"
    return "high" if urgency_at(service, at) == "high" else "low"


def _raised_at(service: Service, at_seconds: float, urgency: Literal["high", "low"]) -> float | None:
    """Return when support hours begin and raise a waiting incident from low to high urgency, None when they do not."""
    hours = service.urgency
    if urgency == "high" or not isinstance(hours, SupportHours) or not hours.raise_at_start:
        return None
    zone = ZoneInfo(hours.time_zone)
    today = _moment(at_seconds).astimezone(zone).date()
    days = (today + timedelta(days=count) for count in range(8))
    starts = (
        datetime.combine(day, time.fromisoformat(hours.start), zone).timestamp()
        for day in days
        if day.isoweekday() in hours.weekdays
    )
    return next(start for start in starts if start > at_seconds)
