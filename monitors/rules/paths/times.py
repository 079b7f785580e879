"""The times that assertions are about, as spans of moments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.rota.clock import instant
from monitors.alerting.rota.spans import Span, common, union
from monitors.spec import Dates, Hours, Stack

_DAY: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=365)
_NO_SCHEDULE: Final = datetime(2026, 1, 1, tzinfo=UTC)  # any year will do where nobody takes turns


def horizon(stack: Stack) -> Span:
    """Return the year that assertions are proved for: from the moment on at which the last layer has begun.

    It is the same whenever it is asked for, every change of daylight-saving time is in it, and so are all turns of
    rotations that come round within a year.
    """
    starts = (datetime.fromisoformat(layer.start) for one in stack.response.schedules for layer in one.layers)
    start = max(starts, default=_NO_SCHEDULE).astimezone(UTC)
    return start, start + _YEAR


def spans(when: Hours | Dates | None, within: Span) -> list[Span]:
    """Return the times of an assertion, ascending: hours within a time, dates wherever they are."""
    if when is None:
        return [within]
    zone = ZoneInfo(when.time_zone)
    if isinstance(when, Dates):
        first, last = date.fromisoformat(when.first), date.fromisoformat(when.last)
        return [(_at(first, time(0), zone), _at(last + _DAY, time(0), zone))]
    return common(union(_hours(when, zone, within)), [within])


def _hours(when: Hours, zone: ZoneInfo, within: Span) -> Iterator[Span]:
    start, end = time.fromisoformat(when.start), time.fromisoformat(when.end)
    for day in _days(within[0].astimezone(zone).date() - _DAY, within[1].astimezone(zone).date()):
        if day.isoweekday() in when.weekdays:
            yield _at(day, start, zone), _at(day if start < end else day + _DAY, end, zone)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, clock), zone)
