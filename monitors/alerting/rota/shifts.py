"""The shifts of a schedule: who is on call from when to when, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, pairwise

from monitors.alerting.rota.turns import Override, Turn, boundaries, turn_at
from monitors.spec import Schedule


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on call from a moment (UTC) to before another, by which layer.

    `user` is None where nobody is. `layer` is None there, and where an override decides.
    """

    start: datetime
    end: datetime
    user: str | None
    layer: str | None


def shifts(schedule: Schedule, start: datetime, end: datetime, overrides: Sequence[Override] = ()) -> tuple[Shift, ...]:
    """Return the shifts of a time (moments with a time zone), ascending and without a gap; neighbours differ.

    They are those of `turn_at` at every moment: it is asked wherever its answer may change, so nothing is sampled.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if start >= end:
        return ()
    moments = sorted({start, *boundaries(schedule, start, end, overrides)})
    turns = ((moment, turn_at(schedule, moment, overrides)) for moment in moments)
    return tuple(_joined(turns, end))


def _joined(turns: Iterator[tuple[datetime, Turn | None]], end: datetime) -> Iterator[Shift]:
    starts = [(next(same)[0], turn) for turn, same in groupby(turns, key=lambda one: one[1])]
    for (start, turn), (until, _) in pairwise([*starts, (end, None)]):
        yield Shift(start, until, turn and turn.user, turn and turn.layer)
