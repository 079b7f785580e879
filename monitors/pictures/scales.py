"""Values and moments as places in a picture, and the marks of an axis."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_STEPS: Final = (1, 2, 2.5, 5, 10)
_GREATEST, _LEAST = 1e300, 1e-300  # beyond them, steps and powers of ten are no numbers any more
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_TIME_STEPS: Final = (
    *(_MINUTE * count for count in (1, 2, 5, 10, 15, 30)),
    *(_HOUR * count for count in (1, 2, 3, 6, 12)),
    *(_DAY * count for count in (1, 2, 7, 14, 28, 91)),
)


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` as places from `start` to `end`; values outside are at the ends."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return round(self.start + (self.end - self.start) * min(max(share, 0.0), 1.0), 1)


def value_marks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most so many round values that reach from at or below `low` to at or above `high`, at least two."""
    low, high = (min(max(one, -_GREATEST), _GREATEST) for one in (low, high))
    if high - low < _LEAST:
        high = low + (abs(low) if abs(low) > _LEAST else 1.0)
    most = max(most, 2)
    magnitude = math.floor(math.log10((high - low) / (most - 1)))
    power, places = 10.0**magnitude, 2 - magnitude
    for step in (factor * power for factor in (*_STEPS, 20, 25, 50, 100)):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            marks = tuple(round(number * step, places) for number in range(first, last + 1))
            if len(set(marks)) == len(marks):  # else they are nearer to each other than numbers can be
                return marks
    return (low, high)


def time_marks(since: float, until: float, most: int, zone: ZoneInfo) -> tuple[tuple[float, str], ...]:
    """Return at most so many moments with what is written there, on the clocks of a zone."""
    length = until - since
    step = next((one for one in _TIME_STEPS if length / one <= max(most, 1)), _TIME_STEPS[-1])
    return tuple(_days(since, until, step // _DAY, zone) if step >= _DAY else _clock(since, until, step, zone))


def _clock(since: float, until: float, step: int, zone: ZoneInfo) -> Iterator[tuple[float, str]]:
    """Yield moments whose wall clock is a multiple of the step; an hour that is set back occurs twice."""
    moment = math.ceil(since / _MINUTE) * _MINUTE
    while moment < until:
        local = datetime.fromtimestamp(moment, zone)
        passed = local.hour * _HOUR + local.minute * _MINUTE + local.second
        if passed % step:
            # The next multiple by the clock; zones change it by whole minutes, so that no step is missed.
            moment += min(step - passed % step, step)
            continue
        yield moment, f"{local:%H:%M}" if passed else day(local)
        moment += step


def _days(since: float, until: float, step: int, zone: ZoneInfo) -> Iterator[tuple[float, str]]:
    date = datetime.fromtimestamp(since, zone).date()
    while True:
        moment = datetime(date.year, date.month, date.day, tzinfo=zone).timestamp()
        if moment >= until:
            return
        if moment >= since:
            yield moment, day(datetime.fromtimestamp(moment, zone))
            date += timedelta(days=step)
        else:
            date += timedelta(days=1)


def day(local: datetime) -> str:
    """Return a day in short, such as `9 Oct`."""
    return f"{local.day} {local:%b}"
