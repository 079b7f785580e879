"""Recorded points of one signal: when each of its windows closed, and what silence between points did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from monitors.alerting.replaying import NotReplayed
from monitors.alerting.timing import Timing

Times = NDArray[np.float64]
Ends = NDArray[np.int64]
T = TypeVar("T")


class OnDemand(Sequence[T], Generic[T]):
    """A sequence worked out item by item: a long quiet run is asked for few of its closings and values."""

    def __init__(self, length: int, item: Callable[[int], T], offset: int = 0) -> None:
        self._length, self._item, self._offset = length, item, offset

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> OnDemand[T]: ...
    def __getitem__(self, index: int | slice) -> T | OnDemand[T]:
        if isinstance(index, int):
            return self._item(self._offset + index)
        start, stop, _ = index.indices(self._length)
        return OnDemand(max(0, stop - start), self._item, self._offset + start)


@dataclass(frozen=True, slots=True)
class Life:
    """One signal's points from the first to a silence so long that the history was dropped.

    Windows ending at `first`, a step later and so on to `limit` were evaluated, empty ones among them; none were where
    `limit` is before `first`. `steps` and `deadlines`, for an event timer only, are the ends of the steps that have a
    point and when their timers ran out.
    """

    timing: Timing
    times: Times
    first: int
    limit: int
    steps: Ends
    deadlines: Times

    @classmethod
    def of(cls, timing: Timing, times: Times, until_seconds: float) -> Life:
        """Return the life of points up to a moment, with the windows that have closed by then.

        Raises `NotReplayed` when a timer ran out between two points of one step.
        """
        step, wait = timing.step_seconds, timing.wait_seconds
        first_step, top = timing.step_end(float(times[0])), timing.step_end(float(times[-1]))
        steps, deadlines = np.empty(0, np.int64), np.empty(0)
        if timing.method == "event_flow":
            limit = int((float(times[-1]) - wait) // step) * step
        elif timing.method == "cadence":
            limit = min(int((until_seconds - wait) // step) * step, top + timing.window_seconds - step)
        else:
            steps, deadlines = _timers(timing, times)
            elapsed = int(np.searchsorted(deadlines, until_seconds, "right"))
            limit = int(steps[elapsed - 1]) if elapsed else first_step - step
        # A sliding window is not evaluated before a whole one has been gathered.
        return cls(timing, times, first_step + timing.window_seconds - step, limit, steps, deadlines)

    @property
    def windows(self) -> int:
        """How many windows were evaluated."""
        return max(0, (self.limit - self.first) // self.timing.step_seconds + 1)

    def closed_at(self, index: int) -> float:
        """Return when a window, counted from the first, was closed."""
        end = self.first + index * self.timing.step_seconds
        if self.timing.method == "event_flow":
            return float(self.times[np.searchsorted(self.times, end + self.timing.wait_seconds)])
        if self.timing.method == "event_timer":
            return float(self.deadlines[np.searchsorted(self.steps, end)])
        following = int(np.searchsorted(self.times, end))
        if following and self.times[following - 1] >= end - self.timing.window_seconds:
            return end + self.timing.wait_seconds
        # By cadence an empty window closes with the clock too, but is not settled before the next point.
        return max(end + self.timing.wait_seconds, float(self.times[following]))

    def were_lost(self, ends: Ends) -> NDArray[np.bool_]:
        """Say of empty windows whether the signal was lost in the gap that each is in."""
        if self.timing.expiry_seconds is None:
            return np.zeros(len(ends), np.bool_)
        following = np.searchsorted(self.times, ends)
        return (self.times[following] - self.times[following - 1]) > self.timing.expiry_seconds


def lives(timing: Timing, times: Times, until_seconds: float) -> Iterator[Life]:
    """Yield one signal's lives, `times` being its points up to a moment."""
    if not len(times):
        return
    starts = np.flatnonzero(np.diff(times) > timing.memory_seconds) + 1
    for part in np.split(times, starts):
        yield Life.of(timing, part, until_seconds)


def losses(timing: Timing, times: Times, until_seconds: float) -> list[tuple[float, float]]:
    """Return when one signal was lost and when it came back, infinity where it did not."""
    expiry = timing.expiry_seconds
    if expiry is None or not len(times):
        return []
    silent = np.flatnonzero(np.diff(times) > expiry)
    found = [(float(times[one]) + expiry, float(times[one + 1])) for one in silent]
    last = float(times[-1]) + expiry
    return [*found, (last, float("inf"))] if last <= until_seconds else found


def _timers(timing: Timing, times: Times) -> tuple[Ends, Times]:
    """Return the ends of the steps that have points, and when each step's timer ran out."""
    of_point = np.floor(times).astype(np.int64) // timing.step_seconds
    is_last = np.diff(of_point, append=-1) != 0
    too_late = (np.diff(times) > timing.wait_seconds) & ~is_last[:-1]
    if too_late.any():
        raise NotReplayed(
            f"two points of one window come {float(np.diff(times)[too_late][0]):g} s apart, further than the timer of "
            f"{timing.wait_seconds} s; the window closed without the later one; use simulate"
        )
    lasts = np.flatnonzero(is_last)
    return (of_point[lasts] + 1) * timing.step_seconds, times[lasts] + timing.wait_seconds
