"""The catalogue's stacks with one spec of routing or on call edited, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

from monitors import catalog
from monitors.review import routing
from monitors.review.changes import Change
from monitors.review.context import Context
from monitors.spec import Layer, Restriction, Spec, Stack

S = TypeVar("S", bound=Spec)
PROD, STAGING = catalog.stack("prod"), catalog.stack("staging")
AT = datetime(2026, 11, 25, 20, tzinfo=UTC)  # a Wednesday noon in Los Angeles; AI engineer B is on call


def response(stack: Stack = PROD, **changes: Any) -> Stack:
    return stack.model_copy(update={"response": stack.response.model_copy(update=changes)})


def observability(stack: Stack = PROD, **changes: Any) -> Stack:
    return stack.model_copy(update={"observability": stack.observability.model_copy(update=changes)})


def edited(specs: tuple[S, ...], which: str, **changes: Any) -> tuple[S, ...]:
    """Return specs with some fields of one, by its key, changed."""
    assert any(getattr(one, "key", None) == which for one in specs)
    return tuple(one.model_copy(update=changes) if getattr(one, "key", None) == which else one for one in specs)


def with_layer(schedule: str, stack: Stack = PROD, **changes: Any) -> Stack:
    """Return the stack with some fields of a schedule's only layer changed."""
    (layer,) = next(one for one in stack.response.schedules if one.key == schedule).layers
    return with_layers(schedule, (layer.model_copy(update=changes),), stack)


def with_layers(schedule: str, layers: tuple[Layer, ...], stack: Stack = PROD) -> Stack:
    return response(stack, schedules=edited(stack.response.schedules, schedule, layers=layers))


def with_policy(which: str, stack: Stack = PROD, **changes: Any) -> Stack:
    return response(stack, escalation_policies=edited(stack.response.escalation_policies, which, **changes))


def with_service(which: str, stack: Stack = PROD, **changes: Any) -> Stack:
    return response(stack, services=edited(stack.response.services, which, **changes))


def with_workflow(which: str, stack: Stack = PROD, **changes: Any) -> Stack:
    return observability(stack, workflows=edited(stack.observability.workflows, which, **changes))


def with_muting(stack: Stack = PROD, **changes: Any) -> Stack:
    return observability(stack, muting_rules=edited(stack.observability.muting_rules, "deploy-window", **changes))


def working_hours() -> tuple[Restriction, ...]:
    return tuple(
        Restriction(kind="weekly", start="09:00:00", duration_seconds=8 * 3600, weekday=day) for day in (1, 2, 3, 4, 5)
    )


def told(after: Stack, before: Stack = PROD, at: datetime = AT) -> list[Change]:
    return list(routing.changes(Context(before, after, at)))


def the_change(after: Stack, before: Stack = PROD, at: datetime = AT) -> Change:
    """Return the one change that is told, which is to be the only one."""
    (found,) = told(after, before, at)
    return found


def texts(change: Change) -> list[str]:
    """Return everything that is told, the headline first."""
    return [change.headline, *(fact.text for fact in change.facts)]
