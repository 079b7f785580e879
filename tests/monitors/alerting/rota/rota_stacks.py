"""Stacks with schedules and escalation policies of a test's own."""

from __future__ import annotations

from collections.abc import Sequence

from monitors.catalog import stack
from monitors.spec import (
    EscalationLevel,
    EscalationPolicy,
    Restriction,
    Schedule,
    ScheduleTarget,
    Stack,
    UserTarget,
)
from monitors.spec.oncall import Weekday

WEEKDAYS: tuple[Weekday, ...] = (1, 2, 3, 4, 5)


def policy(key: str, *levels: Sequence[str]) -> EscalationPolicy:
    """Return a policy with targets by key on each level; a key of one letter is a user."""
    return EscalationPolicy(
        key=key,
        name=key.upper(),
        team="ai",
        levels=tuple(
            EscalationLevel(
                targets=tuple(
                    UserTarget(user=one) if len(one) == 1 else ScheduleTarget(schedule=one) for one in targets
                ),
                delay_minutes=5,
            )
            for targets in levels
        ),
    )


def stack_of(schedules: Sequence[Schedule], policies: Sequence[EscalationPolicy]) -> Stack:
    """Return production with other schedules and policies; what refers to its own is not looked at again."""
    one = stack("prod")
    response = one.response.model_construct(
        **{
            **dict(one.response),
            "schedules": tuple(schedules),
            "escalation_policies": tuple(policies),
        }
    )
    return one.model_construct(**{**dict(one), "response": response})


def weekdays(start: str, hours: int) -> tuple[Restriction, ...]:
    """Return the same hours of every working day."""
    return tuple(
        Restriction(kind="weekly", start=start, duration_seconds=hours * 3600, weekday=day) for day in WEEKDAYS
    )
