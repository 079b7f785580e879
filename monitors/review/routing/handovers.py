"""Exactly when a schedule hands over, through changes to and from daylight-saving time.

Who is on call at a moment is `monitors.alerting.oncall`'s business: here are the only moments at which it can change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.oncall import on_call
from monitors.spec import Layer, Schedule

_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of time, in UTC, with one user on call, None for nobody."""

    start: datetime
    end: datetime
    user: str | None


@lru_cache(maxsize=256)
def shifts(schedule: Schedule, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """Return who is on call from one moment to another, without gaps, neighbours different."""
    begin, until = start.astimezone(UTC), end.astimezone(UTC)
    inside = sorted({begin, *(one for one in _moments(schedule, begin, until) if begin < one < until)})
    found: list[Shift] = []
    for moment, following in zip(inside, [*inside[1:], until], strict=True):
        user = on_call(schedule, moment)
        if found and found[-1].user == user:
            found[-1] = Shift(found[-1].start, following, user)
        else:
            found.append(Shift(moment, following, user))
    return tuple(found)


def _moments(schedule: Schedule, begin: datetime, until: datetime) -> Iterator[datetime]:
    """Yield every moment at which who is on call may change, and some more."""
    zone = ZoneInfo(schedule.time_zone)
    for layer in schedule.layers:
        yield datetime.fromisoformat(layer.start).astimezone(UTC)
        yield from _of_turns(layer, zone, begin, until)
        for clock in _edges(layer):
            yield from _at(clock, zone, begin, until)
    yield from _clock_changes(zone, begin, until)


def _of_turns(layer: Layer, zone: ZoneInfo, begin: datetime, until: datetime) -> Iterator[datetime]:
    start = datetime.fromisoformat(layer.start)
    turn = timedelta(seconds=layer.turn_seconds)
    if layer.turn_seconds % _DAY == 0:  # counted on the wall clock
        local = start.astimezone(zone).replace(tzinfo=None)
        ahead = begin.astimezone(zone).replace(tzinfo=None) - local
        handover = local + turn * max(ahead // turn - 1, 0)
        while (moment := _utc(handover, zone)) < until + turn:
            yield from (moment, _utc(handover, zone, fold=1))
            handover += turn
    else:
        moment = start.astimezone(UTC) + turn * max((begin - start) // turn, 0)
        while moment < until:
            yield moment
            moment += turn


def _edges(layer: Layer) -> set[time]:
    """Return the times of day at which some restriction of a layer begins or ends."""
    edges = set()
    for one in layer.restrictions:
        starts = datetime.combine(date(2024, 1, 1), time.fromisoformat(one.start))
        edges |= {starts.time(), (starts + timedelta(seconds=one.duration_seconds)).time()}
    return edges


def _at(clock: time, zone: ZoneInfo, begin: datetime, until: datetime) -> Iterator[datetime]:
    day = begin.astimezone(zone).date() - timedelta(days=1)
    while (moment := _utc(datetime.combine(day, clock), zone)) < until:
        yield from (moment, _utc(datetime.combine(day, clock), zone, fold=1))
        day += timedelta(days=1)


def _utc(local: datetime, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """Return a local time in UTC; of one that comes twice the first, or the second with `fold`."""
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _clock_changes(zone: ZoneInfo, begin: datetime, until: datetime) -> Iterator[datetime]:
    """Yield when the clocks change, to the second."""
    moment = begin
    while moment < until:
        following = min(moment + timedelta(days=1), until)
        if moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change(zone, moment, following)
        moment = following


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
