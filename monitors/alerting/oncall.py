"""Who is on call in a schedule at a moment, and whom an escalation reaches when; turns are worked out in `rota`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitors.alerting.rota import Override, shifts, turn_at
from monitors.spec import EscalationPolicy, Schedule, ScheduleTarget

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One level of an escalation: who is notified, by user key, and how long after the incident began."""

    after_minutes: int
    users: tuple[str, ...]


def on_call(schedule: Schedule, at: datetime, overrides: Sequence[Override] = ()) -> str | None:
    """Return the key of the user on call at a moment (with a time zone), None when nobody is."""
    turn = turn_at(schedule, at, overrides)
    return None if turn is None else turn.user


def escalation(policy: EscalationPolicy, schedules: Sequence[Schedule], at: datetime) -> tuple[Step, ...]:
    """Return the levels of one loop that would reach somebody, for an incident at a moment that nobody acknowledges.

    A level with nobody on call is passed over without waiting (support.pagerduty.com, "Escalation Policies").
    """
    return _loop(policy, schedules, at, 0)[0]


def whole_escalation(policy: EscalationPolicy, schedules: Sequence[Schedule], at: datetime) -> tuple[Step, ...]:
    """Return the levels of the first loop and of all repetitions, for an incident that nobody ever acknowledges."""
    steps: list[Step] = []
    waited_minutes = 0
    for _ in range(policy.loops + 1):
        of_loop, waited_minutes = _loop(policy, schedules, at, waited_minutes)
        steps.extend(of_loop)
    return tuple(steps)


def _loop(
    policy: EscalationPolicy, schedules: Sequence[Schedule], at: datetime, waited_minutes: int
) -> tuple[tuple[Step, ...], int]:
    """Return the levels of one loop, and how long after the incident began the next loop would."""
    by_key = {schedule.key: schedule for schedule in schedules}
    steps: list[Step] = []
    begins = at.astimezone(UTC)  # to a zone's own time, minutes are added as its clock shows them
    for level in policy.levels:
        moment = begins + timedelta(minutes=waited_minutes)
        named = (
            on_call(by_key[target.schedule], moment) if isinstance(target, ScheduleTarget) else target.user
            for target in level.targets
        )
        users = tuple(dict.fromkeys(user for user in named if user is not None))
        if users:
            steps.append(Step(waited_minutes, users))
            waited_minutes += level.delay_minutes
    return tuple(steps), waited_minutes


def next_on_call(schedule: Schedule, at: datetime, within: timedelta = _WEEK) -> tuple[datetime, str] | None:
    """Return when somebody is next on call and who; None when nobody is within the time."""
    coming = shifts(schedule, at, at.astimezone(UTC) + within)
    return next(((shift.start, shift.user) for shift in coming if shift.user is not None), None)
