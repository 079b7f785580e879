"""What the parts of a stack have to agree on beyond naming each other: names, kinds, regions and order of making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from monitors.spec.notification import PagerDutyDestination
from monitors.spec.platform import EnvVar, Platform, PrivateService, ServiceAddress, StoreAddress, WebService
from monitors.spec.upkeep import DropRule
from monitors.spec.values import Key

if TYPE_CHECKING:
    from monitors.spec.stack import Stack

RenderService = WebService | PrivateService


def misfits(stack: Stack) -> Iterator[str]:
    """Yield a line for each disagreement; references that lead nowhere are left to the caller."""
    yield from _shared_names(stack)
    yield from _wrong_integrations(stack)
    yield from _other_regions(stack.platform)
    yield from _circles(stack.platform)
    yield from _foreign_assertions(stack)


def _shared_names(stack: Stack) -> Iterator[str]:
    """Name what the vendor refuses because the name is taken."""
    seen, response, platform = stack.observability, stack.response, stack.platform
    named: dict[str, Iterable[str]] = {
        "workflow": (one.name for one in seen.workflows),
        "drop rule": (one.name for one in seen.data_rules if isinstance(one, DropRule)),
        "team": (one.name for one in response.teams),
        "escalation policy": (one.name for one in response.escalation_policies),
        "PagerDuty service": (one.name for one in response.services),
        "service": (one.name for one in (*platform.web_services, *platform.private_services)),
        "environment group": (one.name for one in platform.groups),
        "Postgres database": (one.name for one in platform.postgres),
        "key-value store": (one.name for one in platform.key_values),
    }
    for what, names in named.items():
        for name in sorted(name for name, count in Counter(names).items() if count > 1):
            yield f'{what} name "{name}" is used twice; give one of them another name.'


def _wrong_integrations(stack: Stack) -> Iterator[str]:
    """Name destinations whose integration is not New Relic's: PagerDuty would not understand the events."""
    ours = {integration.key for integration in stack.response.integrations if integration.kind == "new_relic"}
    known = {one.key for one in stack.response.integrations} | {one.key for one in stack.response.orchestrations}
    for destination in stack.observability.destinations:
        if isinstance(destination, PagerDutyDestination) and destination.integration in known - ours:
            yield (
                f'destination "{destination.key}" names the integration "{destination.integration}", which is not of '
                'kind "new_relic"; declare one of that kind.'
            )


def _other_regions(platform: Platform) -> Iterator[str]:
    """Name addresses across regions: Render's private network does not leave a region."""
    stores = {one.key: one.region for one in platform.postgres} | {one.key: one.region for one in platform.key_values}
    services = {service.key: service.region for service in _services(platform)}
    for service in _services(platform):
        for variable in _variables(platform, service):
            match variable.value:
                case StoreAddress(store=key):
                    there = stores.get(key)
                case ServiceAddress(service=key):
                    there = services.get(key)
                case _:
                    continue
            if there is not None and there != service.region:
                yield (
                    f'service "{service.key}" is in {service.region}, and its variable {variable.name} leads to '
                    f'"{key}" in {there}, which the private network does not reach; put both in one region.'
                )


def _circles(platform: Platform) -> Iterator[str]:
    """Name services that need each other's address: neither could be made first."""
    known = {service.key for service in _services(platform)}
    needs = {service.key: _needed_services(platform, service) & known for service in _services(platform)}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        yield f"services need each other's addresses: {circle}; give one of them the address as a setting."


def _foreign_assertions(stack: Stack) -> Iterator[str]:
    """Name assertions that are about other environments: nothing would look at them."""
    for assertion in stack.assertions:
        if stack.name not in assertion.environments:
            yield (
                f'assertion "{assertion.key}" is about {" and ".join(assertion.environments)} and stands in '
                f"{stack.name}; leave it out there, or add the environment."
            )


def _needed_services(platform: Platform, service: RenderService) -> set[Key]:
    values = (variable.value for variable in _variables(platform, service))
    return {value.service for value in values if isinstance(value, ServiceAddress)}


def _services(platform: Platform) -> tuple[RenderService, ...]:
    return (*platform.web_services, *platform.private_services)


def _variables(platform: Platform, service: RenderService) -> Iterator[EnvVar]:
    yield from service.variables
    for group in platform.groups:
        if group.key in service.groups:
            yield from group.variables
