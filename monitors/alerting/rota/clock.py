"""A zone's clock against moments, where it jumps over times and where it shows some of them twice.

A handover or the edge of a restriction is a time on the wall. It happens at the first moment at which the clock has
come that far, and never again: `instant` says when that is, and `reached` how far the clock has come by a moment. Seen
so, a clock that is put back stands still until it is beyond what it showed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
_NONE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The moment (UTC) at which a zone's clock is put forward, or back where `by` is negative."""

    zone: str
    at: datetime
    by: timedelta


def reached(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the latest time that a zone's clock has shown by a moment, without a zone."""
    local = moment.astimezone(zone)
    if not local.fold:
        return local.replace(tzinfo=None)
    earlier, now = _offset(local.replace(fold=0)), _offset(local)
    at = moment.astimezone(UTC)
    change = _change(zone, at - (earlier - now), at)
    # Its time was not shown any more: the clock came up to it and was put back.
    return (change + earlier).replace(tzinfo=None) - timedelta.resolution


@lru_cache(maxsize=16_384)  # schedules of one team have the same hours
def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment (UTC) at which a zone's clock shows a time, or a later one where it skips it."""
    first = wall.replace(tzinfo=zone, fold=0)
    moment = first.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    return _change(zone, first.replace(fold=1).astimezone(UTC), moment)


def clock_changes(name: str, start: datetime, end: datetime) -> Iterator[ClockChange]:
    """Yield the changes of a zone's clock after a moment, up to another; no zone's rules make two in one day."""
    zone = ZoneInfo(name)
    last = end.astimezone(UTC)
    day = start.astimezone(UTC)
    while day < last:
        following = min(day + _DAY, last)
        by = _offset(following.astimezone(zone)) - _offset(day.astimezone(zone))
        if by:
            yield ClockChange(name, _change(zone, day, following), by)
        day = following


def clock_moments(name: str, clocks: Iterable[time], start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield every moment of some days at which a zone's clock shows one of some times, or is changed."""
    zone, clocks = ZoneInfo(name), [*clocks]
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        for clock in clocks:
            shown = datetime.combine(day, clock, zone)
            yield from {one.astimezone(UTC) for one in (shown, shown.replace(fold=1))}
        day += _DAY
    yield from (change.at for change in clock_changes(name, start, end))


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first moment with the later one's offset, to the second, in which all zones change their clocks."""
    low = before.astimezone(UTC).replace(microsecond=0)
    high = after.astimezone(UTC).replace(microsecond=0)
    offset = _offset(high.astimezone(zone))
    while high - low > _SECOND:
        middle = low + (high - low) // 2 // _SECOND * _SECOND
        if _offset(middle.astimezone(zone)) == offset:
            high = middle
        else:
            low = middle
    return high


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or _NONE
