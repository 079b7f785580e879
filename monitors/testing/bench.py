"""Runs conditions over cases that are laid out once: points, windows and values that no change touches are kept.

All cases of an alert share one set of rows, so that a query is asked once for all of them; a case's rows are told by
their numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from monitors.alerting import ClosedWindow, Facet, Incident, Point, incidents_of
from monitors.alerting.judgement import Judgement
from monitors.alerting.streams import Happening, Late, Streams
from monitors.alerting.timing import Timing
from monitors.nrql import Query, parse
from monitors.nrql.evaluator import Data, SignalQuery
from monitors.spec import NrqlCondition
from monitors.testing.cases import Case, StackName
from monitors.testing.emission import emitted
from monitors.testing.timeline import Recording, Seen

_KEPT_QUERIES = 2  # the alert's own, and that of the mutant at hand


@dataclass(frozen=True)
class CaseRun:
    """What a condition made of one case."""

    incidents: tuple[Incident, ...]
    recording: Recording


class Bench:
    """The cases of one alert in one stack."""

    def __init__(self, cases: Sequence[Case], stack: StackName) -> None:
        self.cases, self.stack = cases, stack
        rows, self._arrivals, self._ends = [], [], []
        for case in cases:
            for one in emitted(case, stack):
                rows.append(one.row)
                self._arrivals.append(one.arrives_at)
            self._ends.append(len(rows))
        self._data = Data.of_rows(rows)
        self._queried: dict[str, _Queried] = {}

    def run(self, condition: NrqlCondition) -> list[CaseRun]:
        """Return what the condition makes of each case; all windows are evaluated in one call.

        Raises `NotEvaluated` for a query that cannot be evaluated.
        """
        if condition.enabled:
            self._query(condition.query).evaluate(Timing.of(condition), range(len(self.cases)))
        return list(self.each(condition))

    def each(self, condition: NrqlCondition) -> Iterator[CaseRun]:
        """Yield what the condition makes of one case after the other, for those who stop at the first that differs."""
        if not condition.enabled:
            yield from (CaseRun((), Recording(())) for _ in self.cases)
            return
        queried, timing = self._query(condition.query), Timing.of(condition)
        for place, case in enumerate(self.cases):
            queried.evaluate(timing, (place,))
            happenings = queried.happenings(timing, place)
            yield _judged(condition, case, happenings, queried.values_of(happenings))

    def _query(self, text: str) -> _Queried:
        if text not in self._queried:
            while len(self._queried) >= _KEPT_QUERIES:  # the first is the alert's own and stays
                del self._queried[list(self._queried)[-1]]
            self._queried[text] = _Queried(text, self.cases, self._data, self._arrivals, self._ends)
        return self._queried[text]


class _Queried:
    """One query over the rows of all cases: which are points of it, and the values of windows asked for so far."""

    def __init__(
        self, text: str, cases: Sequence[Case], data: Data, arrivals: Sequence[float], ends: Sequence[int]
    ) -> None:
        tree = parse(text)
        assert isinstance(tree, Query), text
        self._query, self._data, self._cases = SignalQuery(tree), data, cases
        self._values: dict[tuple[int, ...], float | None] = {}
        self._happenings: dict[tuple[Timing, int], list[Happening]] = {}
        self._points: list[list[Point]] = [[] for _ in ends]
        found = self._query.points(data)
        for facet, timestamp, row in zip(
            found.facet_of.tolist(), found.timestamps.tolist(), found.rows.tolist(), strict=True
        ):
            point = Point(timestamp, found.facets[facet], row, arrivals[row])
            self._points[bisect_right(ends, row)].append(point)

    def happenings(self, timing: Timing, place: int) -> list[Happening]:
        """Return what happens in a case, by its place."""
        if (timing, place) not in self._happenings:
            streams, case = Streams(timing), self._cases[place]
            streams.observe(self._points[place])
            self._happenings[timing, place] = streams.advance(case.start.timestamp() + case.length_seconds)
        return self._happenings[timing, place]

    def values_of(self, happenings: Sequence[Happening]) -> list[float | None]:
        """Return the values of the windows among happenings, all of which have been evaluated."""
        return [self._values[_rows(one)] for one in happenings if isinstance(one, ClosedWindow)]

    def evaluate(self, timing: Timing, places: Iterable[int]) -> None:
        """Work out the values of some cases' windows that are not known yet, in one call."""
        windows = (
            _rows(one) for place in places for one in self.happenings(timing, place) if isinstance(one, ClosedWindow)
        )
        unknown = [rows for rows in dict.fromkeys(windows) if rows not in self._values]
        if not unknown:
            return
        groups = np.repeat(np.arange(len(unknown), dtype=np.int64), [len(rows) for rows in unknown])
        rows = np.fromiter((row for one in unknown for row in one), dtype=np.int64, count=len(groups))
        values = self._query.aggregate(self._data, groups, rows)
        self._values.update(
            (one, None if value != value else value) for one, value in zip(unknown, values.tolist(), strict=True)
        )


def _judged(condition: NrqlCondition, case: Case, happenings: list[Happening], values: list[float | None]) -> CaseRun:
    end = case.start.timestamp() + case.length_seconds
    transitions = Judgement(condition, _never).take(happenings, values, end)
    windows = (one for one in happenings if isinstance(one, ClosedWindow))
    seen = tuple(
        Seen(window.facet, window.start, window.end, value) for window, value in zip(windows, values, strict=True)
    )
    late = tuple((point.facet, point.timestamp) for one in happenings if isinstance(one, Late) for point in one.points)
    return CaseRun(incidents_of(transitions), Recording(seen, late))


def _never(facet: Facet) -> bool:
    return False


def _rows(window: ClosedWindow) -> tuple[int, ...]:
    return tuple(point.row for point in window.points)
