"""Times within queries, in seconds."""

from __future__ import annotations

from typing import Final

from monitors.nrql.tree import UNIT_SECONDS, Ago, DayWord, Moment, Query, Unit

_SPOKEN: Final[tuple[Unit, ...]] = ("week", "day", "hour", "minute", "second")
_DEFAULT_WINDOW: Final = 3_600.0  # SINCE 1 hour ago, where none is written


def window_seconds(query: Query) -> float | None:
    """Return how much time a query looks at, None where that depends on the calendar."""
    start = _DEFAULT_WINDOW if query.since is None else _ago(query.since)
    end = 0.0 if query.until is None else _ago(query.until)
    return None if start is None or end is None or start <= end else start - end


def in_words(duration_seconds: float) -> str:
    """Return a time as people say it, in the largest unit that holds it a whole number of times."""
    for unit in _SPOKEN:
        count = duration_seconds / UNIT_SECONDS[unit]
        if count >= 1 and abs(count - round(count)) < 1e-9:
            return f"{round(count):,} {unit}{'' if round(count) == 1 else 's'}"
    return f"{duration_seconds:g} seconds"


def _ago(moment: Moment) -> float | None:
    match moment:
        case Ago(duration=duration):
            return duration.seconds
        case DayWord(words="now"):
            return 0.0
    return None
