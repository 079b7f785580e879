"""What a finding can be about: a spec by its kind and key, with what a person calls it and where it was declared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitors.spec import Spec, Stack
from monitors.spec.places import Place


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: a spec, what a person calls it, and the query that is meant where it has one.

    `key` is kind and key, such as `condition/daily-cost` or `dashboard/cost/By model/Cost by model (USD)`.
    """

    title: str
    key: str
    place: Place | None
    query: str | None = None


def named(kind: str, spec: Any, query: str | None = None) -> Subject:
    """Return a spec that has a key as a subject; a spec with a name is called by it."""
    name = getattr(spec, "name", None) or spec.key
    return Subject(f'{spec.LABEL} "{name}"', f"{kind}/{spec.key}", spec.declared_at, query)


def stack_subject(stack: Stack) -> Subject:
    """Return a whole stack as a subject."""
    return Subject(f"stack {stack.name}", f"stack/{stack.name}", stack.declared_at)


def keyed_specs(stack: Stack) -> Iterator[tuple[str, Spec]]:
    """Yield every spec that has a key, with the kind that begins its subject's key."""
    seen, response, platform = stack.observability, stack.response, stack.platform
    for kind, specs in (
        ("traffic", stack.traffic),
        ("assertion", stack.assertions),
        ("condition", seen.conditions),
        ("policy", seen.policies),
        ("destination", seen.destinations),
        ("workflow", seen.workflows),
        ("dashboard", seen.dashboards),
        ("service-level", seen.service_levels),
        ("monitor", seen.monitors),
        ("muting-rule", seen.muting_rules),
        ("data-rule", seen.data_rules),
        ("user", response.users),
        ("team", response.teams),
        ("schedule", response.schedules),
        ("escalation-policy", response.escalation_policies),
        ("pagerduty-service", response.services),
        ("integration", response.integrations),
        ("orchestration", response.orchestrations),
        ("webhook", response.webhooks),
        ("incident-workflow", response.incident_workflows),
        ("environment-group", platform.groups),
        ("render-service", (*platform.web_services, *platform.private_services)),
        ("store", (*platform.postgres, *platform.key_values)),
    ):
        yield from ((kind, spec) for spec in specs)
