"""Which PagerDuty services the alerts of each severity reach, by workflow, destination and integration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitors.spec import EscalationPolicy, PagerDutyChannel, PagerDutyDestination, Service, Severity, Stack


@dataclass(frozen=True, slots=True)
class PagePath:
    """A service that New Relic's pages reach, its escalation policy, and the severities that come, the worst first."""

    service: Service
    policy: EscalationPolicy
    severities: tuple[Severity, ...]

    @property
    def worst(self) -> Severity:
        """The severity that has to be answered first."""
        return self.severities[0]


def page_paths(stack: Stack) -> Iterator[PagePath]:
    """Yield every service that some workflow pages, in the order of declaration."""
    policies = {policy.key: policy for policy in stack.response.escalation_policies}
    reached = _severities_by_service(stack)
    for service in stack.response.services:
        severities = tuple(severity for severity in Severity if severity in reached.get(service.key, ()))
        if severities:
            yield PagePath(service, policies[service.escalation_policy], severities)


def _severities_by_service(stack: Stack) -> Mapping[str, set[Severity]]:
    service_of = {one.key: one.service for one in stack.response.integrations}
    destinations = stack.observability.destinations
    integration_of = {one.key: one.integration for one in destinations if isinstance(one, PagerDutyDestination)}
    found: dict[str, set[Severity]] = {}
    for workflow in stack.observability.workflows:
        for channel in workflow.channels:
            if isinstance(channel, PagerDutyChannel):
                service = service_of[integration_of[channel.destination]]
                found.setdefault(service, set()).update(workflow.severities)
    return found
