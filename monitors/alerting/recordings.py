"""Recorded windows as runs: where they begin, when each window closed, and what silence between points did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

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
    """One facet's points from the first to a silence so long that the history was dropped.

    `limit` is the end of the last window that closed; `steps` and `deadlines` are the steps that have a point and when
    their timers ran out, for an event timer only.
    """

    timing: Timing
    times: Times
    start: int
    limit: int
    steps: Ends
    deadlines: Times

    @classmethod
    def of(cls, timing: Timing, times: Times, until_seconds: float) -> Life:
        """Return the life of points up to `until_seconds`, as far as its windows have closed by then."""
        step, wait = timing.step_seconds, timing.wait_seconds
        first, top = timing.step_end(float(times[0])), timing.step_end(float(times[-1]))
        steps, deadlines = np.empty(0, np.int64), np.empty(0)
        if timing.method == "event_flow":
            limit = int((float(times[-1]) - wait) // step) * step
        elif timing.method == "cadence":
            limit = min(int((until_seconds - wait) // step) * step, top + timing.window_seconds - step)
        else:
            of_point = ((times // step).astype(np.int64) + 1) * step
            lasts = np.flatnonzero(np.diff(of_point, append=-1))
            steps, deadlines = of_point[lasts], times[lasts] + wait
            elapsed = int(np.searchsorted(deadlines, until_seconds, "right"))
            limit = int(steps[elapsed - 1]) if elapsed else first - 1
        return cls(timing, times, first - step, limit, steps, deadlines)

    def closed_at(self, end: int) -> float:
        """Return when the window that ends at `end`, one with points, was closed."""
        if self.timing.method == "event_flow":
            return float(self.times[np.searchsorted(self.times, end + self.timing.wait_seconds)])
        if self.timing.method == "event_timer":
            return float(self.deadlines[np.searchsorted(self.steps, end)])
        return end + self.timing.wait_seconds

    def gap_closed_at(self, end: int) -> float:
        """Return when an empty window was closed: not before the next point, after which alone it is filled."""
        closed = self.closed_at(end)
        if self.timing.method == "cadence":
            return max(closed, float(self.times[np.searchsorted(self.times, end)]))
        return closed

    def was_lost_before(self, end: int) -> bool:
        """Say whether the signal was lost in the gap that the step ending after `end` follows."""
        expiry = self.timing.expiry_seconds
        after = int(np.searchsorted(self.times, end))
        return expiry is not None and float(self.times[after] - self.times[after - 1]) > expiry


def lives(timing: Timing, times: Times, until_seconds: float) -> Iterator[Life]:
    """Yield one facet's lives, `times` being its points up to `until_seconds`."""
    ends = np.flatnonzero(np.diff(times) > timing.memory_seconds) + 1
    for part in np.split(times, ends):
        if len(part):
            yield Life.of(timing, part, until_seconds)


def losses(timing: Timing, times: Times, until_seconds: float) -> list[tuple[float, float]]:
    """Return when one facet's signal was lost and when it came back, infinity where it did not."""
    expiry = timing.expiry_seconds
    if expiry is None or not len(times):
        return []
    silent = np.flatnonzero(np.diff(times) > expiry)
    found = [(float(times[one]) + expiry, float(times[one + 1])) for one in silent]
    last = float(times[-1]) + expiry
    return [*found, (last, float("inf"))] if last <= until_seconds else found


def outruns_timer(timing: Timing, times: Times) -> bool:
    """Say whether a timer runs out between two points of one step, so that the later one came too late."""
    if timing.method != "event_timer":
        return False
    far = np.diff(times) > timing.wait_seconds
    steps = times // timing.step_seconds
    return bool(np.any(far & (steps[1:] == steps[:-1])))
