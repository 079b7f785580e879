"""All signals of one condition in simulated time: arrivals and timers become happenings, in the order of time.

At one moment the points that arrive come first, then windows close, then signals are lost: a point that arrives in the
last second is in time.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from monitors.alerting.incidents import ClosedWindow, Facet, Point
from monitors.alerting.signal import Gap, Signal
from monitors.alerting.timing import Timing


class Returned(NamedTuple):
    """A lost signal has a point again."""

    facet: Facet
    closed_at: float


class Lost(NamedTuple):
    """No point of the signal has arrived for the expiry's time."""

    facet: Facet
    closed_at: float


class Forgotten(NamedTuple):
    """The signal was silent for so long that its history is dropped."""

    facet: Facet
    closed_at: float


class Late(NamedTuple):
    """Points that arrived after their window had closed; they count for nothing but the signal's being there."""

    facet: Facet
    points: Sequence[Point]
    closed_at: float


Happening = ClosedWindow | Gap | Late | Returned | Lost | Forgotten


class Streams:
    """The signals of one condition."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._signals: dict[Facet, Signal] = {}
        self._arriving: list[tuple[float, float, Facet, int, Point]] = []
        self._timers: list[tuple[float, Facet]] = []
        self._scheduled: dict[Facet, float] = {}
        self._now = float("-inf")

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets that anything is kept of."""
        return tuple(self._signals)

    def observe(self, points: Iterable[Point]) -> None:
        """Take points that have arrived after the last advance; raises ValueError for one that has not."""
        for point in points:
            if point.arrived_at <= self._now:
                raise ValueError(
                    f"a point of {point.facet} arrived at {point.arrived_at:.10g}, but time has been advanced to "
                    f"{self._now:.10g}; observe points before advancing past their arrival"
                )
            entry = (point.arrived_at, point.timestamp, point.facet, point.row, point)
            heapq.heappush(self._arriving, entry)

    def advance(self, to_seconds: float) -> list[Happening]:
        """Let time pass up to and including a moment; return what happened. Raises ValueError when it would go back."""
        if to_seconds < self._now:
            raise ValueError(f"time cannot go back from {self._now:.10g} to {to_seconds:.10g}")
        happenings: list[Happening] = []
        while (at := self._next_moment()) <= to_seconds:
            self._pass(at, happenings)
        self._now = to_seconds
        return happenings

    def _next_moment(self) -> float:
        arriving = self._arriving[0][0] if self._arriving else float("inf")
        return min(arriving, self._timers[0][0] if self._timers else float("inf"))

    def _pass(self, at: float, happenings: list[Happening]) -> None:
        """Let one moment pass."""
        touched = set()
        for facet, points in groupby(self._arrivals(at), key=attrgetter("facet")):
            touched.add(facet)
            happenings.extend(self._arrive(facet, points, at))
        while self._timers and self._timers[0][0] <= at:
            due, facet = heapq.heappop(self._timers)
            if self._scheduled.get(facet) == due:
                del self._scheduled[facet]
                touched.add(facet)
        facets = sorted(touched)
        for facet in facets:
            happenings.extend(self._signals[facet].close(at))
        for facet in facets:
            happenings.extend(self._rest(facet, at))

    def _arrivals(self, at: float) -> Sequence[Point]:
        arrived = []
        while self._arriving and self._arriving[0][0] <= at:
            arrived.append(heapq.heappop(self._arriving)[-1])
        if len(arrived) > 1:
            arrived.sort(key=attrgetter("facet"))  # stable: within a facet by timestamp
        return arrived

    def _arrive(self, facet: Facet, points: Iterable[Point], at: float) -> Iterator[Happening]:
        signal = self._signals.get(facet)
        if signal is None:
            signal = self._signals[facet] = Signal(facet, self._timing)
        if signal.lost:
            signal.lost = False
            yield Returned(facet, at)
        late = signal.add(points, at)
        if late:
            yield Late(facet, late, at)

    def _rest(self, facet: Facet, at: float) -> Iterator[Happening]:
        """Do what silence asks for, and set the signal's next timer."""
        signal, expiry = self._signals[facet], self._timing.expiry_seconds
        if expiry is not None and not signal.lost and signal.last_arrival + expiry <= at:
            signal.lose()
            yield Lost(facet, at)
        if signal.remembers and signal.last_arrival + self._timing.memory_seconds <= at:
            signal.forget()
            yield Forgotten(facet, at)
        due = signal.next_closing()
        if expiry is not None and not signal.lost:
            due = min(due, signal.last_arrival + expiry)
        if signal.remembers:
            due = min(due, signal.last_arrival + self._timing.memory_seconds)
        if due == float("inf"):
            due = signal.last_arrival + self._timing.record_seconds
        if due <= at:
            del self._signals[facet]
            return
        if due < self._scheduled.get(facet, float("inf")):
            self._scheduled[facet] = due
            heapq.heappush(self._timers, (due, facet))
