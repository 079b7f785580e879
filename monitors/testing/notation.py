"""Values over time, written short: `300 for 5m, _ for 1m, 300..900 for 10m, (0 x 2, 40) x 5`.

A text is segments joined by commas; each says what a point holds and for how long. `parse_values` reads it,
`values_text` prints it, and `expand` gives one entry for each point:

| written | is |
|---|---|
| `300` | one point of 300 |
| `300 x 4`, `300 for 2m` | four points; as many as fit two minutes |
| `_ for 5m` | silence: no points at all |
| `0..90 for 5m` | a ramp: both ends are reached |
| `0..90 by 30 for 4m` | a staircase: 0, 30, 60 and 90, each held for a minute |
| `300~20 seed 7 for 5m` | noise: between 280 and 320, the same at every run |
| `(0 x 5, 40) x 3` | bursts: what the parentheses hold, three times |
| `300 for 1m late 4m` | points that arrive four minutes after the moment they are stamped with |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitors.testing.durations import duration_text


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value at every point."""

    value: float


@dataclass(frozen=True, slots=True)
class Silence:
    """No point."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """From `first` to `last` in equal steps, or, with `by`, in a staircase of that step's height."""

    first: float
    last: float
    by: float | None = None


@dataclass(frozen=True, slots=True)
class Noise:
    """Values from `centre` less `spread` to `centre` plus `spread`, drawn by `seed`."""

    centre: float
    spread: float
    seed: int


@dataclass(frozen=True, slots=True)
class Group:
    """Segments in parentheses, repeated together."""

    parts: Values


@dataclass(frozen=True, slots=True)
class Times:
    """So many points, or so many repeats of a group."""

    count: int


@dataclass(frozen=True, slots=True)
class Lasting:
    """As many points, or repeats of a group, as fill the time."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A shape, how long it lasts (None: once), and how much later its points arrive than they are stamped."""

    shape: Shape
    extent: Times | Lasting | None = None
    late_seconds: int = 0


Shape = Constant | Silence | Ramp | Noise | Group
Values = tuple[Segment, ...]


def values_text(values: Values) -> str:
    """Return the notation of values; reading it gives the same values."""
    return ", ".join(_segment_text(segment) for segment in values)


def number_text(number: float) -> str:
    """Return a number as the notation writes it, whole numbers without a point."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def compact(points: Sequence[tuple[float | None, int]]) -> Values:
    """Return values that expand to the given points (each a value, None for silence, and seconds late).

    Equal neighbours become one segment; that is how recorded points become a case.
    """
    segments: list[Segment] = []
    for value, late in points:
        shape: Shape = Silence() if value is None else Constant(float(value))
        last = segments[-1] if segments else None
        if last is not None and last.shape == shape and last.late_seconds == late:
            count = last.extent.count if isinstance(last.extent, Times) else 1
            segments[-1] = Segment(shape, Times(count + 1), late)
        else:
            segments.append(Segment(shape, None, late))
    return tuple(segments)


def _segment_text(segment: Segment) -> str:
    words = [_shape_text(segment.shape)]
    if isinstance(segment.extent, Times):
        words.append(f"x {segment.extent.count}")
    elif isinstance(segment.extent, Lasting):
        words.append(f"for {duration_text(segment.extent.seconds)}")
    if segment.late_seconds:
        words.append(f"late {duration_text(segment.late_seconds)}")
    return " ".join(words)


def _shape_text(shape: Shape) -> str:
    match shape:
        case Constant(value):
            return number_text(value)
        case Silence():
            return "_"
        case Ramp(first, last, by):
            return f"{number_text(first)}..{number_text(last)}" + (f" by {number_text(by)}" if by is not None else "")
        case Noise(centre, spread, seed):
            return f"{number_text(centre)}~{number_text(spread)} seed {seed}"
        case Group(parts):
            return f"({values_text(parts)})"
