"""Nights and working hours where the people on call live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.spec import Stack, SupportHours

NIGHT_START, NIGHT_END = time(22), time(7)
_WORKDAYS: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Hours:
    """Working hours in a time zone; weekdays from 1, Monday. Nights are from 22:00 to 07:00 everywhere."""

    time_zone: str
    start: time = time(9)
    end: time = time(17)
    weekdays: tuple[int, ...] = _WORKDAYS

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.time_zone)

    def local(self, seconds: float) -> datetime:
        """Return a moment on the clocks there."""
        return datetime.fromtimestamp(seconds, self.zone)

    def is_night(self, seconds: float) -> bool:
        """Say whether people there sleep at a moment."""
        clock = self.local(seconds).time()
        return clock >= NIGHT_START or clock < NIGHT_END

    def nights(self, since: float, until: float) -> Iterator[tuple[float, float]]:
        """Yield the nights of a period as pairs of moments, cut off at its ends."""
        for day in self._days(since, until):
            yield from _cut(self._at(day, NIGHT_START), self._at(day + timedelta(days=1), NIGHT_END), since, until)

    def working(self, since: float, until: float) -> Iterator[tuple[float, float]]:
        """Yield the working hours of a period as pairs of moments, cut off at its ends."""
        for day in self._days(since, until):
            if day.isoweekday() in self.weekdays:
                yield from _cut(self._at(day, self.start), self._at(day, self.end), since, until)

    def midnights(self, since: float, until: float) -> Iterator[float]:
        """Yield the moments within a period at which a day begins there."""
        return (moment for day in self._days(since, until) if since <= (moment := self._at(day, time(0))) < until)

    def _at(self, day: date, clock: time) -> float:
        return datetime.combine(day, clock, self.zone).timestamp()

    def _days(self, since: float, until: float) -> Iterator[date]:
        """Yield the days that touch a period, the one before it included."""
        day, last = self.local(since).date() - timedelta(days=1), self.local(until).date()
        while day <= last:
            yield day
            day += timedelta(days=1)


def hours_of(stack: Stack) -> Hours:
    """Return the hours of a stack's people: its support hours, else Monday to Friday, 9 to 17, where they are on call.

    UTC where the stack says nothing of either.
    """
    for service in stack.response.services:
        urgency = service.urgency
        if isinstance(urgency, SupportHours):
            start, end = time.fromisoformat(urgency.start), time.fromisoformat(urgency.end)
            return Hours(urgency.time_zone, start, end, tuple(urgency.weekdays))
    schedules = stack.response.schedules
    return Hours(schedules[0].time_zone if schedules else "UTC")


def _cut(start: float, end: float, since: float, until: float) -> Iterator[tuple[float, float]]:
    start, end = max(start, since), min(end, until)
    if start < end:
        yield start, end
