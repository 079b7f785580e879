"""Thresholds over recorded windows: runs that are alike go to the same core as live windows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from monitors.alerting.incidents import Closed, CloseReason, Facet, Incident, Opened, Transition
from monitors.alerting.judgement import COMPARISONS, terms_of
from monitors.alerting.recordings import Ends, Life, OnDemand, Times, lives, losses, outruns_timer
from monitors.alerting.replaying import NotReplayed, SignalWindows
from monitors.alerting.simulator import incidents_of
from monitors.alerting.thresholds import Run, Term
from monitors.alerting.timing import Timing
from monitors.spec import NrqlCondition

Values = NDArray[np.float64]
Breaches = tuple[bool | None, ...]  # of each threshold; None where the window is empty


def incidents_of_windows(
    condition: NrqlCondition, windows: SignalWindows, until_seconds: float
) -> tuple[Incident, ...]:
    """Return the incidents of every facet."""
    changes: list[Transition] = []
    for number, facet in enumerate(windows.facets):
        times = windows.point_times[windows.point_offsets[number] : windows.point_offsets[number + 1]]
        times = times[: np.searchsorted(times, until_seconds, "right")]
        part = slice(windows.offsets[number], windows.offsets[number + 1])
        recorded = _Recorded(condition, facet, until_seconds, changes)
        recorded.judge(times, windows.ends[part], windows.values[part])
    return incidents_of(changes)


class _Recorded:
    """One facet's thresholds, fed with its recorded windows."""

    def __init__(self, condition: NrqlCondition, facet: Facet, until_seconds: float, changes: list[Transition]) -> None:
        self._condition, self._facet, self._until = condition, facet, until_seconds
        self._timing = Timing.of(condition)
        self._changes = changes
        self._terms = [Term(condition, threshold, priority, facet) for threshold, priority in terms_of(condition)]
        self._closings: list[float] = []  # when a loss of signal closes incidents, those still to come, latest first

    def judge(self, times: Times, ends: Ends, values: Values) -> None:
        """Append what opens and closes."""
        if outruns_timer(self._timing, times):
            raise NotReplayed(
                f"condition {self._condition.key}, signal {self._facet}: points of one window come further apart than "
                f"the timer of {self._timing.wait_seconds} s, so the window closed without the later ones; "
                "use simulate"
            )
        lost = losses(self._timing, times, self._until)
        rules = self._condition.loss_of_signal
        if rules is not None and rules.close_incidents:
            self._closings = [at for at, _ in reversed(lost)]
        if rules is not None and rules.open_incident:
            self._open_losses(lost)
        for life in lives(self._timing, times, self._until):
            for run, breaches in self._runs(life, ends, values):
                self._feed(run, breaches)
            for term in self._terms:
                term.reset()
        self._close_lost(float("inf"))
        for term in self._terms:
            term.expire(self._until, self._changes)

    def _runs(self, life: Life, ends: Ends, values: Values) -> Iterator[tuple[Run, Breaches]]:
        """Yield the runs of one life with what each threshold says of them."""
        step, window = self._timing.step_seconds, self._timing.window_seconds
        first = int(np.searchsorted(ends, life.start + window))
        after = int(np.searchsorted(ends, life.limit, "right"))
        if after <= first:
            return
        ends, values = ends[first:after], _filled(self._condition, values[first:after])
        states = self._states(values)
        starts = np.flatnonzero((np.diff(ends) != step) | np.any(np.diff(states, axis=0) != 0, axis=1)) + 1
        bounds = [0, *starts.tolist(), len(ends)]
        for begin, end in pairwise(bounds):
            first_end = int(ends[begin])
            if begin and first_end - int(ends[begin - 1]) > step:
                yield self._gap(life, int(ends[begin - 1]) + step, first_end - step, float(values[begin - 1]))
            yield _run(life, first_end, step, values[begin:end]), tuple(_BREACH[state] for state in states[begin])
        if int(ends[-1]) < life.limit:
            yield self._gap(life, int(ends[-1]) + step, life.limit, float(values[-1]))

    def _states(self, values: Values) -> NDArray[np.int8]:
        """Return a row for each window and a column for each threshold: 1 breaching, 0 not, 2 empty."""
        columns = [
            np.asarray(COMPARISONS[threshold.operator](values, threshold.value))  # type: ignore[arg-type]  # of arrays
            for threshold, _ in terms_of(self._condition)
        ]
        states = np.stack(columns, axis=1).astype(np.int8)
        states[np.isnan(values)] = 2
        return states

    def _gap(self, life: Life, first_end: int, last_end: int, before: float) -> tuple[Run, Breaches]:
        """Return the run of the empty windows between two that have points; `before` is the value before them."""
        fill, step = self._condition.signal.fill, self._timing.step_seconds
        value = {"none": None, "static": fill.value, "last_value": before}[fill.option]
        if value is not None and (np.isnan(value) or life.was_lost_before(last_end)):
            value = None
        length = (last_end - first_end) // step + 1
        closed_at = OnDemand(length, lambda index: life.gap_closed_at(first_end + index * step))
        breaches = tuple(
            None if value is None else COMPARISONS[threshold.operator](value, threshold.value)
            for threshold, _ in terms_of(self._condition)
        )
        return Run(first_end, length, None, closed_at, [value] * length), breaches

    def _feed(self, run: Run, breaches: Breaches) -> None:
        """Feed a run, cut where a loss of signal closes incidents between two of its windows."""
        while self._closings and self._closings[-1] < run.closed_at[run.length - 1]:
            cut = bisect_right(run.closed_at, self._closings[-1])
            self._feed_all(_part(run, 0, cut, self._timing.step_seconds), breaches)
            run = _part(run, cut, run.length, self._timing.step_seconds)
            self._close_lost(self._closings[-1])
        self._feed_all(run, breaches)

    def _feed_all(self, run: Run, breaches: Breaches) -> None:
        for term, breaching in zip(self._terms, breaches, strict=True):
            term.feed(run._replace(breaching=breaching), self._changes)

    def _close_lost(self, to_seconds: float) -> None:
        while self._closings and self._closings[-1] <= to_seconds:
            at = self._closings.pop()
            for term in self._terms:
                if term.limit_at < at:
                    term.expire(at, self._changes)
                term.close(at, "loss of signal", self._changes)

    def _open_losses(self, lost: Sequence[tuple[float, float]]) -> None:
        limit_seconds = self._condition.violation_time_limit_seconds
        for at, back in lost:
            opened = Opened(self._condition.key, self._facet, "critical", "loss of signal", at)
            self._changes.append(opened)
            ends_at = min(back, at + limit_seconds)
            if ends_at <= self._until:
                because: CloseReason = "data returned" if back <= at + limit_seconds else "time limit"
                self._changes.append(
                    Closed(self._condition.key, self._facet, "critical", "loss of signal", at, ends_at, because)
                )


_BREACH: tuple[bool | None, ...] = (False, True, None)


def _run(life: Life, first_end: int, step: int, values: Values) -> Run:
    return Run(
        first_end,
        len(values),
        None,
        OnDemand(len(values), lambda index: life.closed_at(first_end + index * step)),
        OnDemand(len(values), lambda index: float(values[index])),
    )


def _part(run: Run, start: int, stop: int, step: int) -> Run:
    return Run(
        run.first_end + start * step, stop - start, run.breaching, run.closed_at[start:stop], run.values[start:stop]
    )


def _filled(condition: NrqlCondition, values: Values) -> Values:
    """Return values with NULL filled: the signal is there, so nothing has to be waited for."""
    fill = condition.signal.fill
    missing = np.isnan(values)
    if fill.option == "none" or not missing.any():
        return values
    if fill.value is not None:
        return np.where(missing, fill.value, values)
    latest = np.maximum.accumulate(np.where(missing, -1, np.arange(len(values))))
    return np.where(latest < 0, np.nan, values[latest])
