"""Whose turn it is in a schedule at a moment, as PagerDuty works it out, and all turns of a time.

Turns of whole days hand over at the wall-clock time of the layer's start, so that no change of daylight-saving time
moves a handover; shorter turns are counted in elapsed time. A later layer covers an earlier one wherever it has
somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.rota.clock import instant, reached
from monitors.alerting.rota.spans import Span, common, union
from monitors.spec import Layer, Restriction, Schedule

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody who stands in for whoever would be on call in a schedule, from a moment to before another."""

    schedule: str
    user: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is on call, and by which layer of the schedule; by an override where `layer` is None."""

    user: str
    layer: str | None


def turn_at(schedule: Schedule, at: datetime, overrides: Sequence[Override] = ()) -> Turn | None:
    """Return whose turn it is at a moment (with a time zone), None when it is nobody's.

    Where overrides overlap, the last one given holds. Those of other schedules are passed over.
    """
    at = at.astimezone(UTC)  # moments of one zone are compared and subtracted by their clock, changes of it left out
    for override in reversed(overrides):
        if override.schedule == schedule.key and override.start <= at < override.end:
            return Turn(override.user, None)
    zone = ZoneInfo(schedule.time_zone)
    wall = reached(at, zone)
    for layer in reversed(schedule.layers):
        user = _user(layer, at, wall, zone)
        if user is not None:
            return Turn(user, layer.name)
    return None


def turns_of(layer: Layer, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[Span, str]]:
    """Yield the turns of a layer between two moments (UTC), ascending, those within its restrictions alone."""
    begin = max(start, datetime.fromisoformat(layer.start).astimezone(UTC))
    if begin >= end:
        return
    open_ = [(begin, end)]
    if layer.restrictions:
        open_ = common(union(span for one in layer.restrictions for span in _hours(one, begin, end, zone)), open_)
    for (moment, user), (until, _) in pairwise(_handovers(layer, begin, end, zone)):
        yield from ((span, user) for span in common(open_, [(moment, until)]))


def _user(layer: Layer, at: datetime, wall: datetime, zone: ZoneInfo) -> str | None:
    start = datetime.fromisoformat(layer.start)
    if at < start:
        return None
    if layer.restrictions and not any(_covers(restriction, wall) for restriction in layer.restrictions):
        return None
    elapsed = wall - _wall(start, zone) if _keeps_to_the_wall(layer) else at - start
    return layer.users[elapsed // _turn(layer) % len(layer.users)]


def _covers(restriction: Restriction, wall: datetime) -> bool:
    """Say whether a time is within the restriction's hours, those that began on an earlier day included."""
    begins = datetime.combine(wall.date(), time.fromisoformat(restriction.start))
    period = _DAY
    if restriction.weekday is not None:
        begins -= timedelta(days=(wall.isoweekday() - restriction.weekday) % 7)
        period = _WEEK
    duration = timedelta(seconds=restriction.duration_seconds)
    return begins <= wall < begins + duration or wall < begins - period + duration


def _handovers(layer: Layer, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    """Yield each handover with who comes on call, from the last one before a start to the first at an end or later."""
    begin, turn = datetime.fromisoformat(layer.start), _turn(layer)
    by_the_wall = _keeps_to_the_wall(layer)
    first = _wall(begin, zone) if by_the_wall else begin.astimezone(UTC)
    since = (_wall(start, zone) if by_the_wall else start) - first
    # One more turn before: a clock that was put back has been beyond what it shows.
    number = max(0, since // turn - 1)
    while True:
        moment = instant(first + number * turn, zone) if by_the_wall else first + number * turn
        yield moment, layer.users[number % len(layer.users)]
        if moment >= end:
            return
        number += 1


def _hours(restriction: Restriction, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[Span]:
    """Yield the hours of a restriction that may touch a time."""
    at = time.fromisoformat(restriction.start)
    duration = timedelta(seconds=restriction.duration_seconds)
    # Hours of a week before may still last; one more day on each side is for a clock that is put back.
    day, last = _wall(start, zone).date() - _WEEK - _DAY, _wall(end, zone).date() + _DAY
    step = _DAY
    if restriction.weekday is not None:
        day += timedelta(days=(restriction.weekday - day.isoweekday()) % 7)
        step = _WEEK
    while day <= last:
        begins = datetime.combine(day, at)
        yield instant(begins, zone), instant(begins + duration, zone)
        day += step


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _turn(layer: Layer) -> timedelta:
    return timedelta(seconds=layer.turn_seconds)


def _keeps_to_the_wall(layer: Layer) -> bool:
    return _turn(layer) % _DAY == timedelta(0)
