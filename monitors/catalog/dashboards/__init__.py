"""The dashboards, one module each."""

from __future__ import annotations

from monitors.catalog.dashboards import (
    cost,
    errors,
    experience,
    objective,
    overview,
    performance,
    rollout,
)
from monitors.catalog.environments import Environment
from monitors.spec import Dashboard


def every_dashboard(environment: Environment) -> tuple[Dashboard, ...]:
    """Return all dashboards of an environment, the one to begin with first."""
    return tuple(
        module.dashboard(environment)
        for module in (overview, performance, errors, cost, experience, objective, rollout)
    )
