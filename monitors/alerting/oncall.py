"""Who is on call in a schedule at a moment, as PagerDuty works it out.

A rotation hands over at the wall-clock time of its start where turns are whole days, so that a change to or from
daylight-saving time moves no handover; shorter turns are counted in elapsed time. A later layer covers an earlier one
wherever it has somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitors.spec import EscalationPolicy, Layer, Restriction, Schedule, ScheduleTarget

_DAY_SECONDS = 86_400
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One level of an escalation: who is notified, by user key, and how long after the incident began."""

    after_minutes: int
    users: tuple[str, ...]


def on_call(schedule: Schedule, at: datetime) -> str | None:
    """Return the key of the user on call at a moment (with a time zone), None when nobody is."""
    zone = ZoneInfo(schedule.time_zone)
    for layer in reversed(schedule.layers):
        user = _of_layer(layer, at, zone)
        if user is not None:
            return user
    return None


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
    for level in policy.levels:
        moment = at + timedelta(minutes=waited_minutes)
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
    """Return when somebody is next on call and who, to the quarter of an hour; None when nobody is within the time."""
    quarter = timedelta(minutes=15)
    start = at.astimezone(UTC).replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    moments = (start + quarter * count for count in range(int(within / quarter) + 1))
    return next(((moment, user) for moment in moments if (user := on_call(schedule, moment)) is not None), None)


def _of_layer(layer: Layer, at: datetime, zone: ZoneInfo) -> str | None:
    start = datetime.fromisoformat(layer.start)
    if at < start:
        return None
    local = at.astimezone(zone).replace(tzinfo=None)
    if layer.restrictions and not any(_covers(restriction, local) for restriction in layer.restrictions):
        return None
    whole_days = layer.turn_seconds % _DAY_SECONDS == 0
    elapsed = local - start.astimezone(zone).replace(tzinfo=None) if whole_days else at - start
    turn = int(elapsed.total_seconds() // layer.turn_seconds)
    return layer.users[turn % len(layer.users)]


def _covers(restriction: Restriction, local: datetime) -> bool:
    """Say whether a local time is within the restriction's hours, those that began on an earlier day included."""
    begins = datetime.combine(local.date(), time.fromisoformat(restriction.start))
    if restriction.weekday is None:
        candidates = [begins, begins - timedelta(days=1)]
    else:
        begins -= timedelta(days=(local.isoweekday() - restriction.weekday) % 7)
        candidates = [begins, begins - _WEEK]
    duration = timedelta(seconds=restriction.duration_seconds)
    return any(candidate <= local < candidate + duration for candidate in candidates)
