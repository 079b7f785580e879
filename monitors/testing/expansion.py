"""Points of a notation: what it holds at each tick of an interval."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from monitors.testing.durations import duration_text
from monitors.testing.notation import (
    Constant,
    Group,
    Lasting,
    Noise,
    Ramp,
    Segment,
    Silence,
    Times,
    Values,
    number_text,
    values_text,
)

MOST_POINTS: Final = 200_000  # a million points fill minutes, not memory; a case that needs more is no unit test


@dataclass(frozen=True, slots=True)
class Tick:
    """What one tick of the interval holds: a value, or None for silence, and how late it arrives."""

    value: float | None
    late_seconds: int = 0


def expand(values: Values, every_seconds: int) -> tuple[Tick, ...]:
    """Return one entry for each tick of `every_seconds`.

    Raises `ValueError` where a time holds no whole number of points or repeats, and for more than 200,000 points.
    """
    return tuple(_ticks(values, every_seconds, MOST_POINTS))


def _ticks(values: Values, every_seconds: int, most: int) -> list[Tick]:
    ticks: list[Tick] = []
    for segment in values:
        ticks.extend(_of_segment(segment, every_seconds, most - len(ticks)))
    return ticks


def _of_segment(segment: Segment, every_seconds: int, most: int) -> list[Tick]:
    if isinstance(segment.shape, Group):
        once = _ticks(segment.shape.parts, every_seconds, most)
        repeats = _count(segment, every_seconds * len(once), "repeats")
        _check_size(segment, repeats * len(once), most)
        ticks = once * repeats
    else:
        count = _count(segment, every_seconds, "points")
        _check_size(segment, count, most)
        ticks = [Tick(value) for value in _values(segment, count)]
    if not segment.late_seconds:
        return ticks
    return [Tick(tick.value, tick.late_seconds + segment.late_seconds) for tick in ticks]


def _count(segment: Segment, each_seconds: int, what: str) -> int:
    if isinstance(segment.extent, Times):
        return segment.extent.count
    if not isinstance(segment.extent, Lasting):
        return 1
    count, rest = divmod(segment.extent.seconds, each_seconds)
    if rest or not count:
        lasting = duration_text(segment.extent.seconds)
        raise ValueError(
            f"`{_shown(segment)}`: {lasting} holds no whole number of {what} of {duration_text(each_seconds)}; "
            f"{duration_text(max(count, 1) * each_seconds)} or {duration_text((count + 1) * each_seconds)} would"
        )
    return count


def _check_size(segment: Segment, count: int, most: int) -> None:
    if count > most:
        raise ValueError(
            f"`{_shown(segment)}` brings the series beyond {MOST_POINTS:,} points; shorten it, or emit less often"
        )


def _values(segment: Segment, count: int) -> Iterator[float | None]:
    match segment.shape:
        case Constant(value):
            yield from [value] * count
        case Silence():
            yield from [None] * count
        case Ramp(by=None) as ramp:
            yield from _ramp(segment, ramp, count)
        case Ramp() as stairs:
            yield from _stairs(segment, stairs, count)
        case Noise() as noise:
            yield from _noise(noise, count)


def _ramp(segment: Segment, ramp: Ramp, count: int) -> Iterator[float]:
    if count < 2:
        raise ValueError(f"`{_shown(segment)}`: a ramp of one point has no second end; give it two points or more")
    width = ramp.last - ramp.first
    for index in range(count):
        # The ends are exact; in between, a multiplication first keeps whole numbers whole.
        yield ramp.last if index == count - 1 else ramp.first + width * index / (count - 1)


def _stairs(segment: Segment, stairs: Ramp, count: int) -> Iterator[float]:
    assert stairs.by is not None
    first, last, by = (Decimal(repr(number)) for number in (stairs.first, stairs.last, stairs.by))
    steps, over = divmod(last - first, by)
    heights = int(steps) + 1
    if over:
        raise ValueError(f"`{_shown(segment)}`: steps of {number_text(stairs.by)} do not end at the last value")
    if count % heights:
        raise ValueError(
            f"`{_shown(segment)}`: {count} points cannot be shared by {heights} steps; "
            f"{-(-count // heights) * heights} points can"
        )
    for index in range(count):
        yield float(first + by * (index // (count // heights)))


def _noise(noise: Noise, count: int) -> Iterator[float]:
    # random() of the Mersenne Twister is the one method whose sequence Python promises to keep for a seed
    # (https://docs.python.org/3/library/random.html, "Notes on Reproducibility").
    draw = random.Random(noise.seed).random  # noqa: S311  # reproducible on purpose
    exponents = (Decimal(repr(number)).normalize().as_tuple().exponent for number in (noise.centre, noise.spread))
    decimals = max(0, *(-int(exponent) for exponent in exponents))
    for _ in range(count):
        yield round(noise.centre + (2 * draw() - 1) * noise.spread, decimals)


def _shown(segment: Segment) -> str:
    text = values_text((segment,))
    return text if len(text) <= 60 else f"{text[:57]}..."
