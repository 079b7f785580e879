"""Who is on call in a schedule at a moment, and whom an escalation reaches when; turns are worked out in `rota`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from monitors.alerting.escalations import Level, walk
from monitors.alerting.rota import Override, shifts, turn_at
from monitors.spec import EscalationPolicy, Schedule

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
    levels = walk(policy, {schedule.key: schedule for schedule in schedules}, at)
    return tuple(_steps(takewhile(lambda level: level.loop == 1, levels)))


def whole_escalation(policy: EscalationPolicy, schedules: Sequence[Schedule], at: datetime) -> tuple[Step, ...]:
    """Return the levels of the first loop and of all repetitions, for an incident that nobody ever acknowledges."""
    return tuple(_steps(walk(policy, {schedule.key: schedule for schedule in schedules}, at)))


def _steps(levels: Iterable[Level]) -> Iterator[Step]:
    return (Step(level.after_minutes, level.users) for level in levels if level.reached)


def next_on_call(
    schedule: Schedule, at: datetime, within: timedelta = _WEEK, overrides: Sequence[Override] = ()
) -> tuple[datetime, str] | None:
    """Return when somebody is next on call and who; None when nobody is within the time."""
    coming = shifts(schedule, at, at.astimezone(UTC) + within, overrides)
    return next(((shift.start, shift.user) for shift in coming if shift.user is not None), None)
