"""Every kind of spec with what it becomes, in the order in which resources need each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitors.review.resources import hosting, notifications, observability, response
from monitors.review.resources.registered import Registered
from monitors.spec import Stack

Arguments = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Specs of one kind: `specs` returns, by key, what decides the resources that `register` yields.

    `needs` names what the resources refer to, as it is served.
    """

    specs: Callable[[Stack], Mapping[str, Arguments]]
    register: Callable[..., Iterator[Registered]]
    needs: frozenset[str] = frozenset()


def _keyed(specs: Iterable[Any]) -> dict[str, Arguments]:
    return {spec.key: (spec,) for spec in specs}


def _policies(stack: Stack) -> Mapping[str, Arguments]:
    # Without its conditions, which are resources of their own.
    return {one.key: (one.key, one.name, one.incident_preference) for one in stack.observability.policies}


def _conditions(stack: Stack) -> Mapping[str, Arguments]:
    return {one.key: (one, policy.key) for policy in stack.observability.policies for one in policy.conditions}


def _workflows(stack: Stack) -> Mapping[str, Arguments]:
    by_key = {one.key: one for one in stack.observability.destinations}
    return {
        one.key: (one, tuple(by_key.get(channel.destination) for channel in one.channels))
        for one in stack.observability.workflows
    }


def _section(
    specs: Callable[[Stack], Mapping[str, Arguments]], register: Callable[..., Iterator[Registered]], needs: str = ""
) -> Section:
    return Section(specs, register, frozenset(needs.split()))


SECTIONS: Final[tuple[Section, ...]] = (
    _section(lambda stack: {"managed-by": ()}, response.owner_tag),
    _section(lambda stack: _keyed(stack.response.teams), response.team, "Tag"),
    _section(lambda stack: _keyed(stack.response.schedules), response.schedule, "Team"),
    _section(lambda stack: _keyed(stack.response.escalation_policies), response.escalation_policy, "Tag Team Schedule"),
    _section(lambda stack: _keyed(stack.response.services), response.service, "EscalationPolicy"),
    _section(lambda stack: _keyed(stack.response.integrations), response.integration, "Service"),
    _section(lambda stack: _keyed(stack.response.orchestrations), response.orchestration, "Service Team"),
    _section(lambda stack: _keyed(stack.response.webhooks), response.webhook, "Service"),
    _section(lambda stack: _keyed(stack.response.incident_workflows), response.incident_workflow, "Service Team"),
    _section(_policies, observability.policy),
    _section(_conditions, observability.condition, "AlertPolicy"),
    _section(lambda stack: _keyed(stack.observability.destinations), notifications.destination, "integration"),
    _section(_workflows, notifications.workflow, "AlertPolicy destination"),
    _section(lambda stack: _keyed(stack.observability.dashboards), observability.dashboard),
    _section(lambda stack: _keyed(stack.observability.monitors), observability.monitor),
    _section(lambda stack: _keyed(stack.observability.service_levels), observability.service_level, "monitor"),
    _section(lambda stack: _keyed(stack.observability.muting_rules), observability.muting_rule, "AlertPolicy"),
    _section(lambda stack: _keyed(stack.observability.data_rules), observability.data_rule),
    _section(lambda stack: {"project": (stack.platform.project,)}, hosting.project),
    _section(lambda stack: _keyed((*stack.platform.postgres, *stack.platform.key_values)), hosting.store, "Project"),
    _section(
        lambda stack: _keyed(stack.platform.groups),
        hosting.group,
        "Project store service integration WebhookSubscription",
    ),
    _section(
        lambda stack: _keyed((*stack.platform.private_services, *stack.platform.web_services)),
        hosting.service,
        "Project EnvironmentGroup store service integration WebhookSubscription",
    ),
    _section(lambda stack: _keyed((*stack.platform.log_streams, *stack.platform.metrics_streams)), hosting.stream),
)
