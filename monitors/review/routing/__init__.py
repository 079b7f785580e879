"""What a comparison tells of routing and on call: who is told and woken, when, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.review.changes import Change
from monitors.review.context import Context
from monitors.review.routing import (
    destinations,
    escalation_policies,
    incident_workflows,
    integrations,
    muting_rules,
    orchestrations,
    pagerduty_services,
    schedules,
    teams,
    users,
    webhooks,
    workflows,
)
from monitors.review.routing.sides import Sides
from monitors.review.routing.telling import Kind, changes_of

_OF: Final[tuple[Kind, ...]] = (
    workflows.KIND,
    destinations.KIND,
    muting_rules.KIND,
    integrations.KIND,
    pagerduty_services.KIND,
    orchestrations.KIND,
    webhooks.KIND,
    incident_workflows.KIND,
    schedules.KIND,
    escalation_policies.KIND,
    teams.KIND,
    users.KIND,
)
KINDS: Final = tuple(kind.name for kind in _OF)


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each spec of these kinds that differs."""
    sides = Sides(context)
    for kind in _OF:
        yield from changes_of(kind, sides)
