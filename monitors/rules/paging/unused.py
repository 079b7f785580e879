"""What is made at PagerDuty and never used: integrations, services, escalation policies, schedules."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.told_values import told
from monitors.spec import IntegrationKey, PagerDutyDestination, ScheduleTarget, Stack


def _run(review: Review) -> Iterator[Finding]:
    stack = review.stack
    yield from _integrations(review, stack)
    response = stack.response
    reached = {one.service for one in response.integrations}
    reached |= {route.service for one in response.orchestrations for route in one.routes}
    reached |= {one.otherwise for one in response.orchestrations}
    for service in response.services:
        if service.key not in reached:
            message = "No integration and no route leads to the service: it never has an incident."
            yield Finding(
                review.subject("pagerduty-service", service), "key", message, "Lead events to it, or drop it."
            )
    used = {service.escalation_policy for service in response.services}
    for policy in response.escalation_policies:
        if policy.key not in used:
            message = "No service uses the escalation policy: nobody is ever asked by it."
            yield Finding(review.subject("escalation-policy", policy), "key", message, "Use it, or drop it.")
    targets = (target for policy in response.escalation_policies for level in policy.levels for target in level.targets)
    asked = {target.schedule for target in targets if isinstance(target, ScheduleTarget)}
    for schedule in response.schedules:
        if schedule.key not in asked:
            message = "No escalation policy asks the schedule: whoever is on call in it is never called."
            yield Finding(review.subject("schedule", schedule), "key", message, "Use it, or drop it.")


def _integrations(review: Review, stack: Stack) -> Iterator[Finding]:
    destinations = stack.observability.destinations
    used = {one.integration for one in destinations if isinstance(one, PagerDutyDestination)}
    used |= {value.integration for value in told(stack.platform) if isinstance(value, IntegrationKey)}
    for integration in stack.response.integrations:
        if integration.key not in used:
            how = "no destination of New Relic's" if integration.kind == "new_relic" else "no service's environment"
            message = f"The key of the integration goes nowhere: {how} has it."
            subject = review.subject("integration", integration)
            yield Finding(subject, "key", message, "Hand its key over, or drop it.")
    for orchestration in stack.response.orchestrations:
        if orchestration.key not in used:
            message = "The key of the event orchestration goes nowhere: no service's environment has it."
            subject = review.subject("orchestration", orchestration)
            yield Finding(subject, "key", message, "Hand its key over with IntegrationKey, or drop it.")


CHECK = Check(
    code="paging/unused",
    level=Level.NOTE,
    summary="An integration, service, escalation policy or schedule is used by nothing.",
    run=_run,
)
