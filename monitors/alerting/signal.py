"""One signal's way from points to closed windows; what the points are worth plays no part here.

Points are gathered in steps (the slide, else the window). A window closes with its last step, and holds the points of
that step and those before it that are within the window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitors.alerting.incidents import ClosedWindow, Facet, Point
from monitors.alerting.timing import Timing


class Gap(NamedTuple):
    """`length` windows in a row without a point, the first of which ends at `first_end`.

    `fillable` is False where the signal was lost in between: such a gap stays empty whatever the fill.
    """

    facet: Facet
    first_end: int
    length: int
    fillable: bool
    closed_at: float


class Signal:
    """The state of one facet's windows. Whoever drives it adds an instant's points, then closes what can be closed."""

    __slots__ = (
        "_breaks",
        "_closed_to",
        "_deadlines",
        "_facet",
        "_lost_at_step",
        "_newest",
        "_start",
        "_steps",
        "_timing",
        "_top",
        "last_arrival",
        "lost",
    )

    def __init__(self, facet: Facet, timing: Timing) -> None:
        self._facet, self._timing = facet, timing
        self.last_arrival = float("-inf")
        self.lost = False
        self.forget()

    def forget(self) -> None:
        """Drop the signal's history: what comes next is a new signal, though it can still be lost or come back."""
        self._steps: dict[int, list[Point]] = {}  # by the step's end, in the order of time
        self._deadlines: dict[int, float] = {}  # event timer: when each open step closes
        self._closed_to: int | None = None  # the end of the last closed step
        self._start = 0  # where the first closed step began
        self._newest = float("-inf")  # the latest timestamp
        self._top: int | None = None  # the end of the latest step with a point
        self._breaks: list[tuple[int, int]] = []  # steps between which the signal was lost
        self._lost_at_step: int | None = None

    @property
    def remembers(self) -> bool:
        """Whether there is any history to drop."""
        return bool(self._steps) or self._closed_to is not None

    def add(self, points: Iterable[Point], at: float) -> list[Point]:
        """Take the points that arrive at one moment, in the order of their timestamps; return those that are late."""
        late = []
        for point in points:
            end = self._timing.step_end(point.timestamp)
            if self._is_late(end, at):
                late.append(point)
            else:
                self._accept(point, end, at)
        self.last_arrival = at
        return late

    def _is_late(self, end: int, at: float) -> bool:
        method, wait = self._timing.method, self._timing.wait_seconds
        if method == "event_flow":
            return end + wait <= self._newest
        if method == "cadence" and end + wait < at:
            return True
        return self._closed_to is not None and end <= self._closed_to

    def _accept(self, point: Point, end: int, at: float) -> None:
        self._steps.setdefault(end, []).append(point)
        if self._timing.method == "event_timer":
            self._deadlines[end] = at + self._timing.wait_seconds
        self._newest = max(self._newest, point.timestamp)
        if self._lost_at_step is not None and end > self._lost_at_step:
            self._breaks.append((self._lost_at_step, end))
        self._lost_at_step = None
        self._top = end if self._top is None else max(self._top, end)

    def lose(self) -> None:
        """Note that the signal is lost: the gap that has begun is not to be filled."""
        self.lost = True
        self._lost_at_step = self._top

    def next_closing(self) -> float:
        """Return when the next window closes if no point arrives, infinity when none does."""
        timing = self._timing
        if timing.method == "event_timer" and self._deadlines:
            return self._deadlines[min(self._deadlines)]
        if timing.method == "cadence" and self._top is not None:
            following = min(self._steps) if self._closed_to is None else self._closed_to + timing.step_seconds
            if following <= self._top + timing.window_seconds - timing.step_seconds:
                return following + timing.wait_seconds
        return float("inf")

    def close(self, at: float) -> Sequence[ClosedWindow | Gap]:
        """Close every window that is due at a moment; return them and the gaps between them in the order of time."""
        limit = self._closable(at)
        if limit is None or not self._steps:
            return ()
        if self._closed_to is None:
            first = min(self._steps)
            if first > limit:
                return ()
            self._start = first - self._timing.step_seconds
            self._closed_to = self._start
        if limit <= self._closed_to:
            return ()
        closed = list(self._windows(self._closed_to + self._timing.step_seconds, limit, at))
        self._closed_to = limit
        self._tidy(limit)
        return closed

    def _closable(self, at: float) -> int | None:
        """Return the end of the last step that is closed at a moment, None when none is."""
        step, wait = self._timing.step_seconds, self._timing.wait_seconds
        if self._top is None:
            return None
        if self._timing.method == "event_flow":
            return int((self._newest - wait) // step) * step
        if self._timing.method == "cadence":
            return min(int((at - wait) // step) * step, self._top + self._timing.window_seconds - step)
        limit = None
        for end in sorted(self._deadlines):
            if self._deadlines[end] > at:
                break
            limit = end
        return limit

    def _windows(self, end: int, limit: int, at: float) -> Iterator[ClosedWindow | Gap]:
        window, step = self._timing.window_seconds, self._timing.step_seconds
        while end <= limit:
            points = self._points_before(end)
            if points:
                # A sliding window is not evaluated before a whole one has been gathered.
                if end - window >= self._start:
                    yield ClosedWindow(self._facet, end - window, end, points, at)
                end += step
                continue
            following = min((other for other in self._steps if other > end), default=limit + step)
            following = min(following, limit + step)
            fillable = not any(lost < end < back for lost, back in self._breaks)
            yield Gap(self._facet, end, (following - end) // step, fillable, at)
            end = following

    def _points_before(self, end: int) -> Sequence[Point]:
        window, step = self._timing.window_seconds, self._timing.step_seconds
        if window == step:
            return self._steps.get(end, ())
        ends = range(end - window + step, end + 1, step)
        return [point for one in ends for point in self._steps.get(one, ())]

    def _tidy(self, limit: int) -> None:
        kept_from = limit + 2 * self._timing.step_seconds - self._timing.window_seconds
        for end in [end for end in self._steps if end < kept_from]:
            del self._steps[end]
        for end in [end for end in self._deadlines if end <= limit]:
            del self._deadlines[end]
        self._breaks = [(lost, back) for lost, back in self._breaks if back > limit]
