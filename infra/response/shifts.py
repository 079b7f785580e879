"""Schedules as PagerDuty's shifts (`Schedulev2`), which are to follow layers and are in early access.

A layer becomes a rotation whose events are the layer's hours; an event that recurs n times in a turn gives everybody n
shifts in a row. Whatever shifts cannot say as faithfully is refused, never approximated. Days of recurrences are meant
in the schedule's time zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import pulumi
import pulumi_pagerduty as pagerduty

from infra.context import Context
from infra.response.ownership import described
from monitors.spec import Layer, Restriction, Schedule

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_MEMBERS = 20  # pulumi-pagerduty 4.37.0, Schedulev2RotationEventAssignmentStrategyArgs.members
_NEXT_STEP = "or set scheduleResource to schedule"


class ShiftsError(pulumi.RunError):
    """A schedule cannot be said in shifts; the message names it, why, and the next step."""


@dataclass(frozen=True)
class Event:
    """Hours that recur: the first ones, the rule (RFC 5545) for the rest, and how many make one person's turn."""

    start: datetime
    end: datetime
    recurrence: str
    shifts_per_member: int


@dataclass(frozen=True)
class _Hours:
    """Hours of every day, or of one weekday (1 is Monday); `start` is counted from midnight."""

    start: timedelta
    duration: timedelta
    weekday: int | None


def schedule_arguments(
    schedule: Schedule, *, team_id: pulumi.Input[str], users: Mapping[str, str], context: Context
) -> pagerduty.Schedulev2Args:
    """Return a schedule of shifts; `users` holds PagerDuty ids by user key. Raises `ShiftsError`."""
    return pagerduty.Schedulev2Args(
        name=schedule.name,
        description=described(f"Who answers for {schedule.name}.", context),
        time_zone=schedule.time_zone,
        teams=[team_id],
        rotations=[_rotation(schedule, layer, users) for layer in schedule.layers],
    )


def events_of(schedule: Schedule, layer: Layer) -> tuple[Event, ...]:
    """Return the events that say what a layer says. Raises `ShiftsError` where none do."""
    _refuse_the_inexpressible(schedule, layer)
    first = datetime.fromisoformat(layer.start).astimezone(ZoneInfo(schedule.time_zone))
    turn = timedelta(seconds=layer.turn_seconds)
    if not layer.restrictions:
        return (Event(first, first + turn, _every(turn), 1),)
    hours = sorted(
        (part for restriction in layer.restrictions for part in _split_at_handover(restriction, first)),
        key=lambda part: (part.start, part.duration, part.weekday or 0),
    )
    alike = groupby(hours, key=lambda part: (part.start, part.duration))
    return tuple(_recurring(list(parts), first, turn) for _, parts in alike)


def _refuse_the_inexpressible(schedule: Schedule, layer: Layer) -> None:
    where = f'schedule "{schedule.key}", layer "{layer.name}"'
    if len(schedule.layers) > 1:
        raise ShiftsError(
            f'schedule "{schedule.key}" has {len(schedule.layers)} layers, and PagerDuty does not say which of two '
            f"rotations of shifts covers the other; give it one layer, {_NEXT_STEP}"
        )
    if len(layer.users) > _MOST_MEMBERS:
        raise ShiftsError(f"{where} has {len(layer.users)} users; shifts take {_MOST_MEMBERS}; use fewer, {_NEXT_STEP}")
    weekly = any(restriction.weekday is not None for restriction in layer.restrictions)
    unit, name = (_WEEK, "weeks") if weekly else (_DAY, "days")
    if timedelta(seconds=layer.turn_seconds) % unit:
        why = " because its restrictions are weekly" if weekly else ""
        raise ShiftsError(
            f"{where} has turn_seconds {layer.turn_seconds}; shifts need whole {name}{why}; change it, {_NEXT_STEP}"
        )


def _split_at_handover(restriction: Restriction, first: datetime) -> list[_Hours]:
    """Return the restriction's hours, in two parts where a handover falls within them."""
    start = _since_midnight(time.fromisoformat(restriction.start))
    end = start + timedelta(seconds=restriction.duration_seconds)
    handover, period = _since_midnight(first.time()), _DAY
    if restriction.weekday is not None:
        handover, period = handover + _DAY * ((first.isoweekday() - restriction.weekday) % 7), _WEEK
    inside = [moment for moment in (handover, handover + period) if start < moment < end]
    bounds = [start, *inside, end]
    return [_hours(begin, until, restriction.weekday) for begin, until in pairwise(bounds)]


def _hours(start: timedelta, end: timedelta, weekday: int | None) -> _Hours:
    days_later, of_day = divmod(start, _DAY)
    later = None if weekday is None else (weekday - 1 + days_later) % 7 + 1
    return _Hours(of_day, end - start, later)


def _recurring(parts: Sequence[_Hours], first: datetime, turn: timedelta) -> Event:
    """Return the event of hours that differ by weekday at most; it begins with the first turn."""
    start = _first_of(parts, first)
    end = start + parts[0].duration
    if any(part.weekday is None for part in parts):
        return Event(start, end, "RRULE:FREQ=DAILY", turn // _DAY)
    days = sorted({part.weekday for part in parts if part.weekday is not None})
    named = ",".join(_WEEKDAYS[day - 1] for day in days)
    return Event(start, end, f"RRULE:FREQ=WEEKLY;BYDAY={named}", turn // _WEEK * len(days))


def _first_of(parts: Sequence[_Hours], first: datetime) -> datetime:
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    weekdays = {part.weekday for part in parts}
    # Arithmetic within one zone is by the wall clock, as restrictions and handovers are.
    moments = (midnight + _DAY * day + parts[0].start for day in range(9))
    return next(at for at in moments if at >= first and (None in weekdays or at.isoweekday() in weekdays))


def _every(turn: timedelta) -> str:
    if turn % _WEEK:
        return f"RRULE:FREQ=DAILY;INTERVAL={turn // _DAY}"
    return f"RRULE:FREQ=WEEKLY;INTERVAL={turn // _WEEK}"


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _rotation(schedule: Schedule, layer: Layer, users: Mapping[str, str]) -> pagerduty.Schedulev2RotationArgs:
    return pagerduty.Schedulev2RotationArgs(
        events=[_event_arguments(layer, event, users) for event in events_of(schedule, layer)]
    )


def _event_arguments(layer: Layer, event: Event, users: Mapping[str, str]) -> pagerduty.Schedulev2RotationEventArgs:
    members = [
        pagerduty.Schedulev2RotationEventAssignmentStrategyMemberArgs(type="user_member", user_id=users[key])
        for key in layer.users
    ]
    turns = pagerduty.Schedulev2RotationEventAssignmentStrategyArgs(
        type="rotating_member_assignment_strategy", shifts_per_member=event.shifts_per_member, members=members
    )
    return pagerduty.Schedulev2RotationEventArgs(
        name=layer.name,
        start_time=event.start.isoformat(),
        end_time=event.end.isoformat(),
        effective_since=event.start.isoformat(),
        recurrences=[event.recurrence],
        assignment_strategies=[turns],
    )
