"""Runs conditions over cases that are laid out once: points, windows and values that no change touches are kept.

All cases of an alert share one set of rows, so that a query is asked once for all of them; a case's rows are told by
their numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from monitors.alerting import ClosedWindow, Facet, Incident, Point, incidents_of
from monitors.alerting.judgement import Judgement
from monitors.alerting.streams import Happening, Late, Streams
from monitors.alerting.timing import Timing
from monitors.nrql.evaluator import Data, SignalQuery
from monitors.nrql.tree import Query
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
        """Return what the condition makes of each case. Raises `NotEvaluated` for a query that cannot be evaluated."""
        if not condition.enabled:
            return [CaseRun((), Recording(())) for _ in self.cases]
        queried = self._query(condition.query)
        told = queried.happenings(Timing.of(condition), self.cases)
        return [
            _judged(condition, case, happenings, values)
            for case, (happenings, values) in zip(self.cases, told, strict=True)
        ]

    def _query(self, text: str) -> _Queried:
        if text not in self._queried:
            while len(self._queried) >= _KEPT_QUERIES:  # the first is the alert's own and stays
                del self._queried[list(self._queried)[-1]]
            self._queried[text] = _Queried(text, self._data, self._arrivals, self._ends)
        return self._queried[text]


Judged = tuple[list[Happening], list[float | None]]


class _Queried:
    """One query over the rows of all cases: which are points of it, and the values of windows asked for so far."""

    def __init__(self, text: str, data: Data, arrivals: Sequence[float], ends: Sequence[int]) -> None:
        from monitors.nrql import parse

        tree = parse(text)
        assert isinstance(tree, Query), text
        self._query, self._data = SignalQuery(tree), data
        self._values: dict[tuple[int, ...], float | None] = {}
        self._told: dict[Timing, list[Judged]] = {}
        self._points: list[list[Point]] = [[] for _ in ends]
        found = self._query.points(data)
        for facet, timestamp, row in zip(
            found.facet_of.tolist(), found.timestamps.tolist(), found.rows.tolist(), strict=True
        ):
            point = Point(timestamp, found.facets[facet], row, arrivals[row])
            self._points[bisect_right(ends, row)].append(point)

    def happenings(self, timing: Timing, cases: Sequence[Case]) -> list[Judged]:
        """Return for each case what happens, and a value for each window that closes."""
        if timing not in self._told:
            every = []
            for case, points in zip(cases, self._points, strict=True):
                streams = Streams(timing)
                streams.observe(points)
                every.append(streams.advance(case.start.timestamp() + case.length_seconds))
            self._evaluate(one for happenings in every for one in happenings if isinstance(one, ClosedWindow))
            self._told[timing] = [(happenings, self._values_of(happenings)) for happenings in every]
        return self._told[timing]

    def _values_of(self, happenings: Iterable[Happening]) -> list[float | None]:
        return [self._values[_rows(one)] for one in happenings if isinstance(one, ClosedWindow)]

    def _evaluate(self, windows: Iterable[ClosedWindow]) -> None:
        """Work out the values of the windows that are not known yet, all in one call."""
        unknown = [rows for rows in dict.fromkeys(_rows(window) for window in windows) if rows not in self._values]
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
