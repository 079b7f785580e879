"""Variables that contradict each other, or the stack: two values of one name, another environment, half a pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.told_values import RenderService, services, variables_of
from monitors.spec import EnvVar, Platform

_NAMES_THE_ENVIRONMENT: Final = frozenset({"ENV", "ENVIRONMENT", "APP_ENV", "DEPLOY_ENV", "STAGE"})
_NEEDS: Final = (
    ("NEW_RELIC_APP_NAME", "NEW_RELIC_LICENSE_KEY", "nothing is reported"),
    ("NEW_RELIC_LICENSE_KEY", "NEW_RELIC_APP_NAME", "what the agent reports has no name"),
    ("NEW_RELIC_LICENSE_KEY", "ENVIRONMENT", "what it emits belongs to no environment, and no alert reads it"),
)


def _run(review: Review) -> Iterator[Finding]:
    for service in services(review.stack.platform):
        subject = review.subject("render-service", service)
        for field, message, advice in (
            *_shadowed(review.stack.platform, service),
            *_of_another(review.stack.platform, service, review.stack.name),
            *_halves(review.stack.platform, service),
        ):
            yield Finding(subject, field, message, advice)


def _shadowed(platform: Platform, service: RenderService) -> Iterator[tuple[str, str, str]]:
    seen: dict[str, tuple[str, EnvVar]] = {}
    for where, variable in variables_of(platform, service):
        first, known = seen.setdefault(variable.name, (where, variable))
        if known.value != variable.value:
            message = (
                f"{variable.name} has two values: in {first} and in {where}; Render takes the service's own first."
            )
            yield f"variables.{variable.name}", message, "Give it once, or take one of the two out."


def _of_another(platform: Platform, service: RenderService, stack: str) -> Iterator[tuple[str, str, str]]:
    for _, variable in variables_of(platform, service):
        if variable.name in _NAMES_THE_ENVIRONMENT and isinstance(variable.value, str) and variable.value != stack:
            message = f'{variable.name} is "{variable.value}" in the {stack} stack: what it emits counts as another\'s.'
            yield f"variables.{variable.name}", message, f'Set it to "{stack}".'


def _halves(platform: Platform, service: RenderService) -> Iterator[tuple[str, str, str]]:
    names = {variable.name for _, variable in variables_of(platform, service)}
    for has, needs, otherwise in _NEEDS:
        if has in names and needs not in names:
            message = f"The service is told {has} and not {needs}: {otherwise}."
            yield "variables", message, f"Add {needs}."


CHECK = Check(
    code="hosting/environment-variable",
    level=Level.WARNING,
    summary="A service's variables contradict each other or the stack.",
    run=_run,
)
