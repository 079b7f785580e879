"""A stack with some specs in another form: what an account holds need not be what our specs would allow."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import TypeAdapter

from monitors.spec import Policy, Spec, Stack

S = TypeVar("S", bound=Spec)
Replacements = Mapping[tuple[str, str], Spec | None]
"""New specs by kind and key, as in `condition` and `daily-cost`; None takes one away."""

_SEEN = {
    "workflow": "workflows",
    "muting-rule": "muting_rules",
    "service-level": "service_levels",
    "monitor": "monitors",
    "dashboard": "dashboards",
}
_RESPONSE = {
    "schedule": "schedules",
    "escalation-policy": "escalation_policies",
    "pagerduty-service": "services",
    "orchestration": "orchestrations",
    "webhook": "webhooks",
}


def altered(spec: S, **fields: Any) -> S:
    """Return a copy with some fields changed, checked by nobody; where it was declared stays."""
    made = copy.copy(spec)
    made.__dict__.update(fields)
    return made


def is_sayable(spec: Spec, former: Spec) -> bool:
    """Say whether each field that was altered holds what the vocabulary can say, whatever the rules between fields."""
    for name in type(spec).model_fields:
        value = getattr(spec, name)
        if value == getattr(former, name):
            continue
        try:
            _field(type(spec), name).validate_python(value, strict=True)
        except ValueError:
            return False
    return True


@cache
def _field(kind: type[Spec], name: str) -> TypeAdapter[Any]:
    field = kind.model_fields[name]
    declared: Any = Annotated[field.annotation, field]
    return TypeAdapter(declared)


def with_replaced(stack: Stack, replacements: Replacements) -> Stack:
    """Return the stack with some specs replaced or taken away, whatever rules of the specs that breaks."""
    seen, response = stack.observability, stack.response
    return altered(
        stack,
        observability=altered(
            seen,
            policies=tuple(_policy(policy, replacements) for policy in seen.policies),
            **{field: _group(getattr(seen, field), kind, replacements) for kind, field in _SEEN.items()},
        ),
        response=altered(
            response,
            **{field: _group(getattr(response, field), kind, replacements) for kind, field in _RESPONSE.items()},
        ),
    )


def _policy(policy: Policy, replacements: Replacements) -> Policy:
    other = replacements.get(("policy", policy.key), policy)
    kept = other if isinstance(other, Policy) else policy
    return altered(kept, conditions=_group(policy.conditions, "condition", replacements))


def _group(specs: tuple[Any, ...], kind: str, replacements: Replacements) -> tuple[Any, ...]:
    found = (replacements.get((kind, spec.key), spec) for spec in specs)
    return tuple(spec for spec in found if spec is not None)
