"""Stacks with traffic, alerts on shares of errors, and a service level with its burn alerts."""

from __future__ import annotations

from typing import Any

import spec_builders as build

from monitors import spec

FAILED = "filter(count(*), WHERE outcome != 'success')"
HOUR = 3600


def share(floor: int = 0) -> str:
    """Return a query for the percentage of executions that failed, of at least so many."""
    every = f"clamp_min(count(*), {floor})" if floor else "count(*)"
    return f"FROM SkillExecution SELECT {FAILED} / {every} * 100 WHERE env = 'prod'"


def busy(*conditions: spec.NrqlCondition, **rates: float) -> spec.Stack:
    """Return a stack with alerts and with traffic of SkillExecution."""
    policies = (build.policy(conditions=conditions),)
    fields = {f"{name}_per_minute": float(rate) for name, rate in rates.items()}
    return build.stack(traffic=(build.traffic(**fields),), observability=build.observability(policies=policies))


def fast_burn(**changes: Any) -> spec.NrqlCondition:
    """Return the alert of the builders' burn rate: 2 % of the budget in an hour."""
    fields = {
        "key": "fast-burn",
        "name": "Fast burn",
        "query": share(),
        "signal": spec.Signal(window_seconds=HOUR, slide_seconds=60),
        "critical": build.threshold(value=1.344, duration_seconds=60),
    }
    return build.condition(**{**fields, **changes})


def with_level(condition: spec.NrqlCondition, **level: Any) -> spec.Stack:
    """Return a stack with a service level that the condition watches."""
    fields = {"burn_rates": (build.burn_rate(),), **level}
    seen = build.observability(
        policies=(build.policy(conditions=(condition,)),),
        service_levels=(build.service_level(**fields),),
        monitors=(build.ping(),),
    )
    return build.stack(observability=seen)
