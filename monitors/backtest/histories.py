"""One condition through recorded data: its windows, its incidents, and what data it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from monitors.alerting import ClosedWindow, Incident, Point, simulate
from monitors.alerting.replaying import NotReplayed, SignalWindows, replay
from monitors.backtest.missing import no_data
from monitors.backtest.result import Coverage
from monitors.nrql import NrqlSyntaxError, parse
from monitors.nrql.evaluator import Data, NotEvaluated, SignalQuery
from monitors.nrql.tree import Query
from monitors.spec import NrqlCondition

_MINUTE: Final = 60


@dataclass(frozen=True)
class Judged:
    """A condition's incidents until the end of the data, its signal, and what data it found."""

    coverage: Coverage
    incidents: tuple[Incident, ...] = ()
    windows: SignalWindows | None = None


@dataclass(frozen=True)
class _Cut:
    """The windows of a signal that were whole within the data."""

    facets: tuple[tuple[str, ...], ...]
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]
    values: NDArray[np.float64]
    point_offsets: NDArray[np.int64]
    point_times: NDArray[np.float64]


def judge(condition: NrqlCondition, data: Data, first: float, until: float) -> Judged:
    """Replay one condition from the first row of the data, at `first`, until a moment."""
    if not condition.enabled:
        return _unjudged("disabled", "it is disabled.", "Set enabled=True to have it replayed.")
    try:
        query = parse(condition.query)
        if not isinstance(query, Query):
            return _unjudged("not evaluated", "its query is no SELECT.", "`lookout check` says more.")
        signal = SignalQuery(query)
    except NrqlSyntaxError as error:
        return _unjudged("not evaluated", f"its query cannot be read: {error}", "`lookout check` shows where.")
    except NotEvaluated as error:
        return _unjudged("not evaluated", f"its query cannot be evaluated here: {error}")
    step = condition.signal
    every = signal.windows(data, window_seconds=step.window_seconds, slide_seconds=step.slide_seconds)
    if not len(every.ends):
        return Judged(no_data(query, data))
    windows = _whole(every, condition, first, until)
    return Judged(_covered(windows, until), _incidents(condition, signal, data, windows, until), windows)


def _whole(windows: SignalWindows, condition: NrqlCondition, first: float, until: float) -> SignalWindows:
    """Return the windows as they were at a moment, and without a value where they began before the data did.

    New Relic judges nothing before a whole window is buffered; a part of one would look like a sudden drop.
    """
    begun = np.asarray(windows.ends) - condition.signal.window_seconds >= first - first % _MINUTE
    values = np.where(begun, windows.values, np.nan)
    times, offsets = np.asarray(windows.point_times), np.asarray(windows.point_offsets)
    before = times < until
    if before.all():
        return _Cut(*_facets(windows), values, offsets, times)
    last = _last_before(times, offsets, until)
    facet_of = np.repeat(np.arange(len(windows.facets)), np.diff(windows.offsets))
    kept = np.asarray(windows.ends) - condition.signal.window_seconds <= last[facet_of]
    return _without_empty(
        _Cut(
            tuple(windows.facets),
            _counted(kept)[windows.offsets],
            np.asarray(windows.ends)[kept],
            values[kept],
            _counted(before)[offsets],
            times[before],
        )
    )


def _facets(windows: SignalWindows) -> tuple[tuple[tuple[str, ...], ...], NDArray[np.int64], NDArray[np.int64]]:
    return tuple(windows.facets), np.asarray(windows.offsets), np.asarray(windows.ends)


def _last_before(times: NDArray[np.float64], offsets: NDArray[np.int64], until: float) -> NDArray[np.float64]:
    """Return the last moment before `until` at which each facet had a point, minus infinity where it had none yet."""
    last = np.full(len(offsets) - 1, -np.inf)
    for facet, (start, end) in enumerate(pairwise(offsets)):
        place = start + np.searchsorted(times[start:end], until)
        if place > start:
            last[facet] = times[place - 1]
    return last


def _without_empty(cut: _Cut) -> _Cut:
    """Return the windows without the facets of which nothing was heard yet."""
    heard = np.diff(cut.point_offsets) > 0
    if heard.all():
        return cut
    facets = tuple(facet for facet, there in zip(cut.facets, heard, strict=True) if there)
    kept = np.concatenate([[True], heard])
    return _Cut(facets, cut.offsets[kept], cut.ends, cut.values, cut.point_offsets[kept], cut.point_times)


def _counted(kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    counts: NDArray[np.int64] = np.concatenate([[0], np.cumsum(kept)])
    return counts


def _covered(windows: SignalWindows, until: float) -> Coverage:
    """Return what was found, of the windows that were whole by the end."""
    values = windows.values[windows.ends <= until]
    without_value = int(np.isnan(values).sum())
    found = Coverage(len(windows.point_times), len(windows.facets), len(values), without_value)
    if without_value < len(values):
        return found
    return replace(
        found,
        kind="no value",
        fault=f"none of its {len(values):,} windows has a value.",
        next_step="What the query divides by, or looks for, is in none of them; or the data is shorter than a window.",
    )


def _incidents(
    condition: NrqlCondition, signal: SignalQuery, data: Data, windows: SignalWindows, until: float
) -> tuple[Incident, ...]:
    try:
        return replay(condition, windows, until_seconds=until)
    except NotReplayed:  # a timer ran out within a window: what arrived after it closed is not in it
        return _simulated(condition, signal, data, until)


def _simulated(condition: NrqlCondition, signal: SignalQuery, data: Data, until: float) -> tuple[Incident, ...]:
    """Return the incidents from the points themselves, which is slower."""
    found = signal.points(data)
    points = [
        Point(timestamp, found.facets[facet], row, timestamp)
        for timestamp, facet, row in sorted(
            zip(found.timestamps.tolist(), found.facet_of.tolist(), found.rows.tolist(), strict=True)
        )
        if timestamp < until
    ]

    def aggregate(closed: Sequence[ClosedWindow]) -> Sequence[float]:
        groups = np.repeat(np.arange(len(closed)), [len(window.points) for window in closed])
        rows = np.array([point.row for window in closed for point in window.points], dtype=np.int64)
        values: list[float] = signal.aggregate(data, groups, rows).tolist()
        return values

    return simulate(condition, points, until_seconds=until, aggregate=aggregate)


def _unjudged(kind: Literal["not evaluated", "disabled"], fault: str, next_step: str = "") -> Judged:
    return Judged(Coverage(0, 0, 0, 0, fault, next_step, kind))
