"""Whom an alert of some severity pages at a moment: workflow, destination, service, escalation, schedule, person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from monitors.alerting.oncall import Step, escalation, next_on_call
from monitors.spec import (
    EscalationPolicy,
    PagerDutyChannel,
    PagerDutyDestination,
    ScheduleTarget,
    Service,
    Severity,
    Stack,
    SupportHours,
)


@dataclass(frozen=True)
class Page:
    """What an incident of one PagerDuty service does at a moment; no steps means that nobody is notified.

    `next_at` and `next_user` say when somebody is next on call, when nobody is now.
    """

    service: Service
    urgency: str
    steps: tuple[Step, ...]
    next_at: datetime | None = None
    next_user: str | None = None


def pages(stack: Stack, severity: Severity, at: datetime) -> tuple[Page, ...]:
    """Return a page for every service that the workflows for a severity reach, each service once."""
    policies = {policy.key: policy for policy in stack.response.escalation_policies}
    return tuple(
        _page(stack, service, policies[service.escalation_policy], at) for service in _services(stack, severity)
    )


def urgency_at(service: Service, at: datetime) -> str:
    """Return the urgency of an incident of the service that begins at a moment."""
    if not isinstance(service.urgency, SupportHours):
        return service.urgency.urgency
    hours = service.urgency
    return hours.inside if within_support_hours(hours, at) else hours.outside


def within_support_hours(hours: SupportHours, at: datetime) -> bool:
    """Say whether a moment is within support hours."""
    local = at.astimezone(ZoneInfo(hours.time_zone))
    return local.isoweekday() in hours.weekdays and hours.start <= local.strftime("%H:%M:%S") < hours.end


def _services(stack: Stack, severity: Severity) -> Iterator[Service]:
    seen = stack.observability
    integrations = {integration.key: integration.service for integration in stack.response.integrations}
    integration_of = {
        destination.key: destination.integration
        for destination in seen.destinations
        if isinstance(destination, PagerDutyDestination)
    }
    reached = dict.fromkeys(
        integrations[integration_of[channel.destination]]
        for workflow in seen.workflows
        if severity in workflow.severities
        for channel in workflow.channels
        if isinstance(channel, PagerDutyChannel)
    )
    by_key = {service.key: service for service in stack.response.services}
    yield from (by_key[key] for key in reached)


def _page(stack: Stack, service: Service, policy: EscalationPolicy, at: datetime) -> Page:
    schedules = stack.response.schedules
    steps = escalation(policy, schedules, at)
    if steps:
        return Page(service, urgency_at(service, at), steps)
    named = {target.schedule for target in policy.levels[0].targets if isinstance(target, ScheduleTarget)}
    upcoming = [found for one in schedules if one.key in named and (found := next_on_call(one, at)) is not None]
    next_at, next_user = min(upcoming, default=(None, None), key=lambda found: found[0])
    return Page(service, urgency_at(service, at), (), next_at, next_user)
