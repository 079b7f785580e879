"""What services on Render are told: every value of their environment."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.spec import EnvVar, Platform, PrivateService, Value, WebService

RenderService = WebService | PrivateService


def services(platform: Platform) -> tuple[RenderService, ...]:
    """Return the services, those with a public address first."""
    return (*platform.web_services, *platform.private_services)


def variables_of(platform: Platform, service: RenderService) -> Iterator[tuple[str, EnvVar]]:
    """Yield the variables a service is told, each with where it is declared: its own first, then its groups'."""
    yield from (("variables", variable) for variable in service.variables)
    for group in platform.groups:
        if group.key in service.groups:
            yield from ((f"group {group.key}", variable) for variable in group.variables)


def told(platform: Platform) -> Iterator[Value]:
    """Yield every value that some service is told; a group that no service has tells nobody."""
    for service in services(platform):
        yield from (variable.value for _, variable in variables_of(platform, service))
