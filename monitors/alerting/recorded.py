"""Thresholds over recorded windows: only runs long enough to open or close something reach the core.

Between a signal's first and last closed window every step has one window, with points or empty, so windows are counted
by their place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitors.alerting.incidents import Closed, CloseReason, Facet, Incident, Opened, Transition
from monitors.alerting.judgement import COMPARISONS, terms_of
from monitors.alerting.recordings import Ends, Life, OnDemand, lives, losses
from monitors.alerting.replaying import NotReplayed, SignalWindows
from monitors.alerting.simulator import incidents_of
from monitors.alerting.thresholds import Run, Term
from monitors.alerting.timing import Timing
from monitors.alerting.usual import Usual
from monitors.spec import NrqlCondition, Threshold

Values = NDArray[np.float64]
Compare = Callable[[Values, float], NDArray[np.bool_]]
_CALM, _BREACHING, _EMPTY = 0, 1, 2


def incidents_of_windows(
    condition: NrqlCondition, windows: SignalWindows, until_seconds: float
) -> tuple[Incident, ...]:
    """Return the incidents of every facet."""
    timing, changes = Timing.of(condition), list[Transition]()
    for number, facet in enumerate(windows.facets):
        times = windows.point_times[windows.point_offsets[number] : windows.point_offsets[number + 1]]
        times = times[: np.searchsorted(times, until_seconds, "right")]
        part = slice(windows.offsets[number], windows.offsets[number + 1])
        ends, values = windows.ends[part], windows.values[part]
        try:
            own = [_Windows.of(condition, life, ends, values) for life in lives(timing, times, until_seconds)]
        except NotReplayed as error:
            raise NotReplayed(f"condition {condition.key}, signal {facet}: {error}") from None
        compared = _compared(condition, own)
        lost = losses(timing, times, until_seconds)
        changes += _losses(condition, facet, lost, until_seconds)
        for threshold, priority in terms_of(condition):
            walk = _Walk(condition, threshold, Term(condition, threshold, priority, facet), [at for at, _ in lost])
            for windows_of_life, what in zip(own, compared, strict=True):
                walk.through(windows_of_life, what)
            changes += walk.finish(until_seconds)
    return incidents_of(changes)


@dataclass(frozen=True, slots=True)
class _Windows:
    """Every window of a life: its value, fills included, NaN where it stays empty; `measured` where None is all."""

    life: Life
    values: Values
    measured: NDArray[np.bool_] | None

    @classmethod
    def of(cls, condition: NrqlCondition, life: Life, ends: Ends, values: Values) -> _Windows:
        """Return the windows of a life from those of all of the signal's that have a point."""
        step, fill = condition.signal.step_seconds, condition.signal.fill
        part = slice(*np.searchsorted(ends, (life.first, life.limit + 1)))
        ends, values = ends[part], values[part]
        if len(ends) == life.windows and not np.isnan(values).any():
            return cls(life, values, None)
        places = (ends - life.first) // step
        dense = np.full(life.windows, np.nan)
        dense[places] = values
        measured = ~np.isnan(dense)
        if fill.option == "none":
            return cls(life, dense, measured)
        if fill.value is not None:
            dense[~measured] = fill.value
        else:
            latest = np.maximum.accumulate(np.where(measured, np.arange(len(dense)), -1))
            dense = np.where(latest < 0, np.nan, dense[latest])
        # A window with points but no value is filled in any case: the signal was there.
        has_points = np.zeros(len(dense), np.bool_)
        has_points[places] = True
        gaps = np.flatnonzero(~has_points)
        dense[gaps[life.were_lost(life.first + gaps * step)]] = np.nan
        return cls(life, dense, measured)


def _compared(condition: NrqlCondition, own: Sequence[_Windows]) -> list[Values]:
    """Return what is compared with the thresholds: the values, or how far they are from what is usual."""
    if condition.baseline is None:
        return [one.values for one in own]
    step = condition.signal.step_seconds
    usual, found = Usual(condition.baseline, step), []
    for one in own:
        deviations = np.full(len(one.values), np.nan)
        for place in np.flatnonzero(~np.isnan(one.values)).tolist():
            learn = one.measured is None or bool(one.measured[place])
            off = usual.deviations(one.life.first + place * step, float(one.values[place]), learn=learn)
            deviations[place] = np.nan if off is None else off
        found.append(deviations)
    return found


class _Walk:
    """One threshold's way through a signal's recorded windows, from one run that matters to the next."""

    def __init__(self, condition: NrqlCondition, threshold: Threshold, term: Term, losses: Sequence[float]) -> None:
        self._threshold, self._term, self._step = threshold, term, condition.signal.step_seconds
        rules = condition.loss_of_signal
        # When a loss of signal closes incidents, the next one last.
        self._closings = list(reversed(losses)) if rules is not None and rules.close_incidents else []
        self._changes: list[Transition] = []

    def through(self, windows: _Windows, compared: Values) -> None:
        """Go through one life's windows, `compared` being what is compared with the threshold."""
        life, values = windows.life, windows.values
        compare: Compare = COMPARISONS[self._threshold.operator]
        states = compare(compared, self._threshold.value).astype(np.int8)
        states[np.isnan(compared)] = _EMPTY
        starts = np.flatnonzero(np.diff(states, prepend=-1, append=-1))
        of_run = states[starts[:-1]]
        opening = _Runs(starts, of_run == _BREACHING, self._term.opens_after)
        calming = _Runs(starts, of_run == _CALM, self._term.closes_after)
        closed_at = OnDemand(len(values), life.closed_at)
        cursor = 0
        while cursor < len(values):
            is_open = self._term.incident is not None
            start, stop = (calming if is_open else opening).following(cursor)
            if start < stop and (not is_open or closed_at[stop - 1] <= self._next_cut):
                taken = [float(value) for value in values[start:stop]]
                first_end = life.first + start * self._step
                self._feed(Run(first_end, stop - start, not is_open, closed_at[start:stop], taken))
                cursor = stop
            elif is_open and (cut := bisect_right(closed_at, self._next_cut, cursor)) < len(values):
                self._cut()
                cursor = cut
            else:
                break

    def finish(self, until_seconds: float) -> list[Transition]:
        """Return what opened and closed, with what time alone closed at the end."""
        while self._closings:
            self._cut()
        self._term.expire(until_seconds, self._changes)
        return self._changes

    @property
    def _next_cut(self) -> float:
        """When the open incident closes at the latest, whatever its windows say."""
        return min(self._closings[-1] if self._closings else float("inf"), self._term.limit_at)

    def _feed(self, run: Run) -> None:
        """Feed what opens or closes an incident; losses before it opened are no concern of it."""
        self._term.reset()
        self._term.feed(run, self._changes)
        incident = self._term.incident
        while incident is not None and self._closings and self._closings[-1] < incident.opened_at:
            self._closings.pop()

    def _cut(self) -> None:
        """Close what the time limit or a loss of signal closes next; at one moment the loss comes first."""
        if self._term.limit_at == self._next_cut and self._next_cut not in self._closings[-1:]:
            self._term.expire(self._term.limit_at, self._changes)
        else:
            self._term.close(self._closings.pop(), "loss of signal", self._changes)


class _Runs:
    """The runs of one state that are long enough for something to follow from them."""

    def __init__(self, starts: NDArray[np.int64], wanted: NDArray[np.bool_], needed: int) -> None:
        self._needed = needed
        long_enough = np.flatnonzero(wanted & (np.diff(starts) >= needed))
        self._starts, self._stops = starts[long_enough], starts[long_enough + 1]

    def following(self, cursor: int) -> tuple[int, int]:
        """Return the first windows from a place on that are enough, as start and stop; both 0 when none are."""
        index = max(0, int(np.searchsorted(self._starts, cursor, "right")) - 1)
        for start, stop in zip(self._starts[index : index + 2], self._stops[index : index + 2], strict=True):
            begin = max(int(start), cursor)
            if stop - begin >= self._needed:
                return begin, begin + self._needed
        return 0, 0


def _losses(
    condition: NrqlCondition, facet: Facet, lost: Sequence[tuple[float, float]], until_seconds: float
) -> list[Transition]:
    """Return how incidents of a lost signal open and close."""
    rules, changes = condition.loss_of_signal, list[Transition]()
    for at, back in lost if rules is not None and rules.open_incident else ():
        changes.append(Opened(condition.key, facet, "critical", "loss of signal", at))
        limit_at = at + condition.violation_time_limit_seconds
        ends_at = min(back, limit_at)
        because: CloseReason = "data returned" if back <= limit_at else "time limit"
        if ends_at <= until_seconds:
            changes.append(Closed(condition.key, facet, "critical", "loss of signal", at, ends_at, because))
    return changes
