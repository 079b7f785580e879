"""The catalogue's production stack with one part exchanged, and what a comparison tells of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from monitors import catalog
from monitors.nrql.evaluator import Data
from monitors.review.changes import Change
from monitors.review.compare import compare
from monitors.spec import NrqlCondition, Observability, Operator, Policy, Spec, Stack, Threshold

PROD = catalog.stack("prod")
AT = datetime(2026, 3, 4, 12, tzinfo=UTC)  # AI engineer C is on call
ERRORS, SLOW, SEV2 = "high-skill-error-rate", "slow-skill", "skills-response-time-critical"


def condition(key: str, stack: Stack = PROD) -> NrqlCondition:
    return next(one for one in stack.observability.conditions if one.key == key)


def observability(stack: Stack = PROD, **changes: Any) -> Stack:
    return stack.model_copy(update={"observability": stack.observability.model_copy(update=changes)})


def policies(change: Callable[[Policy], Policy], stack: Stack = PROD) -> Stack:
    return observability(stack, policies=tuple(change(one) for one in stack.observability.policies))


def policy(which: str, stack: Stack = PROD, **changes: Any) -> Stack:
    return policies(lambda one: one.model_copy(update=changes) if one.key == which else one, stack)


def edited(which: str, stack: Stack = PROD, **changes: Any) -> Stack:
    """Return the stack with some fields of one condition changed."""

    def of(policy: Policy) -> Policy:
        conditions = tuple(one.model_copy(update=changes) if one.key == which else one for one in policy.conditions)
        return policy.model_copy(update={"conditions": conditions})

    return policies(of, stack)


def without(which: str, stack: Stack = PROD) -> Stack:
    """Return the stack without one condition."""
    return policies(
        lambda one: one.model_copy(update={"conditions": tuple(each for each in one.conditions if each.key != which)}),
        stack,
    )


def moved(which: str, to: str, stack: Stack = PROD, **changes: Any) -> Stack:
    """Return the stack with one condition in another policy."""
    taken = condition(which, stack).model_copy(update=changes)
    return policies(
        lambda one: one.model_copy(update={"conditions": (*one.conditions, taken)}) if one.key == to else one,
        without(which, stack),
    )


def above(value: float, duration_seconds: int = 300, **changes: Any) -> Threshold:
    return Threshold(**{"operator": Operator.ABOVE, "value": value, "duration_seconds": duration_seconds, **changes})


def changes(after: Stack, before: Stack = PROD, data: Data | None = None) -> tuple[Change, ...]:
    """Return everything that a comparison tells, of whatever kind."""
    return compare({"prod": before}, {"prod": after}, names=("base", "head"), at=AT, data=data).changes


def the_change(after: Stack, before: Stack = PROD, data: Data | None = None) -> Change:
    """Return the one change that is told, which is to be the only one."""
    (found,) = changes(after, before, data)
    return found


def texts(change: Change) -> dict[str, str]:
    """Return the facts' texts by their topics."""
    return {one.topic: one.text for one in change.facts}


def swapped(part: Any, old: Spec, new: Spec) -> Any:
    """Return a copy of a spec in which one below it is another; nobody checks that they fit together.

    An older vocabulary or an account may hold what a stack would refuse.
    """
    if part is old:
        return new
    if isinstance(part, tuple):
        return tuple(swapped(one, old, new) for one in part)
    if isinstance(part, Stack | Observability | Policy):
        made = copy.copy(part)
        made.__dict__.update({name: swapped(getattr(part, name), old, new) for name in type(part).model_fields})
        return made
    return part
