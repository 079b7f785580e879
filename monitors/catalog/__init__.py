"""This platform: what is watched, who is woken and what runs, for staging and prod."""

from __future__ import annotations

from functools import cache
from typing import Final

from monitors.catalog import assertions, dashboards, hosting, objectives, oncall, paging, routing, traffic, upkeep
from monitors.catalog.environments import ENVIRONMENTS, Environment
from monitors.spec import Observability, Response, SpecError, Stack

STACKS: Final = tuple(ENVIRONMENTS)


@cache
def stack(name: str) -> Stack:
    """Return everything one environment has. Raises `SpecError` for a name that is no environment's."""
    environment = next((one for one in ENVIRONMENTS.values() if one.name == name), None)
    if environment is None:
        raise SpecError(f'there is no stack "{name}"; the catalogue has {" and ".join(STACKS)}.')
    return Stack(
        name=environment.name,
        tags={
            "team": "ai",
            "service": "legal-platform",
            "env": environment.name,
            "managed-by": "pulumi-legal-platform",
        },
        platform=hosting.platform(environment),
        observability=_observability(environment),
        response=_response(environment),
        traffic=traffic.traffic(environment),
        assertions=assertions.assertions(environment),
    )


def _observability(environment: Environment) -> Observability:
    availability = objectives.availability(environment, upkeep.HEALTH_MONITOR)
    return Observability(
        policies=routing.policies(
            environment,
            health_monitor=upkeep.health_monitor_name(environment),
            certificate_monitor=upkeep.certificate_monitor_name(environment),
            fast_burn=objectives.fast_burn(environment, availability),
            slow_burn=objectives.slow_burn(environment, availability),
        ),
        destinations=routing.destinations(environment),
        workflows=routing.workflows(environment),
        dashboards=dashboards.every_dashboard(environment),
        service_levels=(availability,),
        monitors=upkeep.monitors(environment),
        muting_rules=upkeep.muting_rules(environment),
        data_rules=upkeep.data_rules(environment),
    )


def _response(environment: Environment) -> Response:
    return Response(
        users=oncall.USERS,
        teams=oncall.teams(environment),
        schedules=oncall.schedules(environment),
        escalation_policies=oncall.escalation_policies(environment),
        services=paging.services(environment),
        integrations=paging.integrations(environment),
        orchestrations=paging.orchestrations(environment),
        webhooks=paging.webhooks(environment),
        incident_workflows=paging.incident_workflows(environment),
    )
