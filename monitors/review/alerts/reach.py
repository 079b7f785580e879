"""Who hears of a condition's incidents: its policy, the workflows that New Relic tells, and whom a page wakes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final

from monitors.alerting.oncall import escalation
from monitors.rules.routes import opens, pages
from monitors.spec import (
    Channel,
    EmailChannel,
    NrqlCondition,
    PagerDutyChannel,
    PagerDutyDestination,
    Policy,
    Priority,
    ScheduleTarget,
    Service,
    SlackChannel,
    Stack,
    WebhookChannel,
    Workflow,
)
from monitors.words import listed

_DOES: Final[dict[type[Channel], str]] = {
    PagerDutyChannel: "pages",
    SlackChannel: "tells Slack",
    EmailChannel: "sends e-mail",
    WebhookChannel: "calls a webhook",
}


@dataclass(frozen=True)
class Route:
    """The policy of a condition and the workflows that are told of its issues.

    `former` is the policy's key on the old side, which is its own where it was not renamed.
    """

    policy: Policy
    workflows: tuple[Workflow, ...]
    former: str

    def of(self, priority: Priority) -> tuple[Workflow, ...]:
        """Return the workflows that take issues of a priority."""
        return tuple(one for one in self.workflows if priority in one.priorities)

    def pages(self, condition: NrqlCondition) -> bool:
        """Say whether incidents of the condition page somebody: New Relic goes by policy and priority alone."""
        return condition.enabled and any(pages(one) for priority in opens(condition) for one in self.of(priority))

    def tells(self, priority: Priority) -> str:
        """Return what an issue of a priority does, such as `pages and calls a webhook`; "" when nobody is told."""
        channels = [channel for workflow in self.of(priority) for channel in workflow.channels]
        return listed(dict.fromkeys(_DOES[type(one)] for one in channels)) if channels else ""

    def way(self, priority: Priority) -> str:
        """Return through what people are told, such as `policy "Slack", workflow "Slack"`."""
        names = listed(f'"{one.name}"' for one in self.of(priority))
        return f'policy "{self.policy.name}", workflow {names}'


class Routes:
    """The routes of every condition of one stack, worked out once; `renamed` are new keys of policies with the old."""

    def __init__(self, stack: Stack, renamed: Mapping[str, str] = MappingProxyType({})) -> None:
        self._stack = stack
        workflows: dict[str, list[Workflow]] = defaultdict(list)
        for workflow in stack.observability.workflows:
            for policy in workflow.policies:
                workflows[policy].append(workflow)
        self._routes: dict[str, Route] = {}
        for one in stack.observability.policies:
            route = Route(one, tuple(workflows[one.key]), renamed.get(one.key, one.key))
            for condition in one.conditions:
                self._routes[condition.key] = route

    def of(self, condition: NrqlCondition) -> Route:
        """Return the route of a condition of the stack."""
        return self._routes[condition.key]

    def pages(self, condition: NrqlCondition) -> bool:
        """Say whether incidents of a condition of the stack page somebody."""
        return self.of(condition).pages(condition)

    def team(self, key: str) -> str:
        """Return a team's name."""
        return self._teams.get(key, key)

    def woken_first(self, condition: NrqlCondition, at: datetime) -> str:
        """Return the roles that a page of the condition reaches first at a moment, "" where it reaches nobody."""
        found = dict.fromkeys(role for service in self._services(condition) for role in self._first(service, at))
        return listed(found) if found else ""

    def _services(self, condition: NrqlCondition) -> Iterator[Service]:
        for workflow in self.of(condition).of(Priority.CRITICAL):
            for channel in workflow.channels:
                if isinstance(channel, PagerDutyChannel) and channel.destination in self._service_of:
                    yield self._service_of[channel.destination]

    def _first(self, service: Service, at: datetime) -> Iterator[str]:
        response = self._stack.response
        roles = {user.key: user.role for user in response.users}
        known = {one.key for one in response.schedules}
        for policy in response.escalation_policies:
            named = {
                one.schedule for level in policy.levels for one in level.targets if isinstance(one, ScheduleTarget)
            }
            # What an account holds may name what is not declared; who is on call is then not known.
            if policy.key == service.escalation_policy and named <= known:
                for step in escalation(policy, response.schedules, at)[:1]:
                    yield from (roles[user] for user in step.users if user in roles)

    @cached_property
    def _service_of(self) -> dict[str, Service]:
        """The PagerDuty service that each destination leads to."""
        services = {one.key: one for one in self._stack.response.services}
        integrations = {one.key: one.service for one in self._stack.response.integrations}
        found = {
            one.key: services.get(integrations.get(one.integration, ""))
            for one in self._stack.observability.destinations
            if isinstance(one, PagerDutyDestination)
        }
        return {key: service for key, service in found.items() if service is not None}

    @cached_property
    def _teams(self) -> dict[str, str]:
        return {one.key: one.name for one in self._stack.response.teams}
