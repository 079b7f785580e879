"""In which order environment groups and services are made, since their variables hold each other's addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

import pulumi

from monitors.spec import EnvironmentGroup, EnvVar, Platform, PrivateService, ServiceAddress, WebService

Hosted = EnvironmentGroup | WebService | PrivateService
_Node = tuple[str, str]


class CircularAddressesError(pulumi.RunError):
    """Services need each other's addresses in a circle; the message names the circle."""


def in_order(platform: Platform) -> tuple[Hosted, ...]:
    """Return groups and services, each after everything it needs. Raises `CircularAddressesError`."""
    hosted: Sequence[Hosted] = (*platform.groups, *platform.private_services, *platform.web_services)
    by_node = {_node(one): one for one in hosted}
    graph = {node: list(_needs(one)) for node, one in by_node.items()}
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(f'{kind} "{key}"' for kind, key in reversed(error.args[1]))
        raise CircularAddressesError(
            f"{circle}: each needs the next one's address before it is made; take one ServiceAddress out of the circle"
        ) from None
    return tuple(by_node[node] for node in order)


def _node(hosted: Hosted) -> _Node:
    return (hosted.LABEL if isinstance(hosted, EnvironmentGroup) else "service", hosted.key)


def _needs(hosted: Hosted) -> Iterator[_Node]:
    yield from _addresses(hosted.variables)
    if not isinstance(hosted, EnvironmentGroup):
        yield from ((EnvironmentGroup.LABEL, key) for key in hosted.groups)


def _addresses(variables: Sequence[EnvVar]) -> Iterator[_Node]:
    return (("service", variable.value.service) for variable in variables if isinstance(variable.value, ServiceAddress))
