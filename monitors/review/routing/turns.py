"""Who is on call in a schedule over the next weeks, before and after, exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitors.alerting.rota import shifts
from monitors.spec import Schedule

DAYS: Final = 90  # as far as PagerDuty's own calendar of a quarter: rotations of a few people come round several times


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of time with one user on call, or, between them, somebody else or nobody."""

    start: datetime
    end: datetime
    user: str | None

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.end - self.start).total_seconds()


@dataclass(frozen=True, slots=True)
class Swap:
    """A stretch of time in which somebody else is on call than was to be; None is nobody."""

    start: datetime
    end: datetime
    before: str | None
    after: str | None

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.end - self.start).total_seconds()


def turns(schedule: Schedule | None, at: datetime, days: int = DAYS) -> tuple[Turn, ...]:
    """Return who is on call from a moment on, without gaps; a schedule that does not exist has nobody."""
    end = at + timedelta(days=days)
    if schedule is None:
        return (Turn(at, end, None),)
    found: list[Turn] = []
    for shift in shifts(schedule, at, end):
        if found and found[-1].user == shift.user:  # the same person by another layer
            found[-1] = Turn(found[-1].start, shift.end, shift.user)
        else:
            found.append(Turn(shift.start, shift.end, shift.user))
    return tuple(found)


def always(user: str, at: datetime, days: int = DAYS) -> tuple[Turn, ...]:
    """Return the only turn of somebody who is always asked."""
    return (Turn(at, at + timedelta(days=days), user),)


def swaps(before: Sequence[Turn], after: Sequence[Turn]) -> tuple[Swap, ...]:
    """Return when who is on call differs, of turns over the same time."""
    found: list[Swap] = []
    for swap in together(before, after):
        if swap.before == swap.after:
            continue
        last = found[-1] if found else None
        if last and last.end == swap.start and (last.before, last.after) == (swap.before, swap.after):
            found[-1] = Swap(last.start, swap.end, swap.before, swap.after)
        else:
            found.append(swap)
    return tuple(found)


def weeks(of: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return turns with what one person has with pauses, such as nights, as one turn."""
    found: list[Turn] = []
    for turn in of:
        if turn.user is None:
            continue
        if found and found[-1].user == turn.user:
            found[-1] = Turn(found[-1].start, turn.end, turn.user)
        else:
            found.append(turn)
    return tuple(found)


def seconds_by_user(of: Sequence[Turn]) -> Mapping[str, float]:
    """Return how long each is on call, in the order of their first turns."""
    found: dict[str, float] = defaultdict(float)
    for turn in of:
        if turn.user is not None:
            found[turn.user] += turn.seconds
    return dict(found)


def together(before: Sequence[Turn], after: Sequence[Turn]) -> Iterator[Swap]:
    """Yield the common pieces of two sequences of turns over the same time."""
    one, other = 0, 0
    while one < len(before) and other < len(after):
        here, there = before[one], after[other]
        start, end = max(here.start, there.start), min(here.end, there.end)
        if start < end:
            yield Swap(start, end, here.user, there.user)
        one += here.end <= there.end
        other += there.end <= here.end
