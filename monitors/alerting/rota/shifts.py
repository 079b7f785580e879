"""The shifts of a schedule: who is on call from when to when, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from monitors.alerting.rota.spans import Span, common, difference
from monitors.alerting.rota.turns import Override, turns_of
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

    They are those of `turn_at` at every moment, made of handovers and the edges of restrictions: nothing is sampled.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    left = [(start, end)] if start < end else []
    found: list[Shift] = []
    for turns, name in _covering(schedule, start, end, overrides):
        shared = [(span, user) for turn, user in turns for span in common(left, [turn])]
        found += [Shift(*span, user, name) for span, user in shared]
        left = difference(left, [span for span, _ in shared])
    found += [Shift(*span, None, None) for span in left]
    return tuple(_joined(sorted(found, key=lambda shift: shift.start)))


def _covering(
    schedule: Schedule, start: datetime, end: datetime, overrides: Sequence[Override]
) -> Iterator[tuple[Iterable[tuple[Span, str]], str | None]]:
    """Yield turns that cover those after them, each set ascending, with the name of their layer."""
    for override in reversed(overrides):
        if override.schedule == schedule.key and override.start < override.end:
            yield [((override.start.astimezone(UTC), override.end.astimezone(UTC)), override.user)], None
    for layer in reversed(schedule.layers):
        yield turns_of(layer, ZoneInfo(schedule.time_zone), start, end), layer.name


def _joined(found: Iterable[Shift]) -> Iterator[Shift]:
    for _, same in groupby(found, key=lambda shift: (shift.user, shift.layer)):
        one = [*same]
        yield replace(one[0], end=one[-1].end)
