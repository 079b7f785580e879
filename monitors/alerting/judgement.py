"""From happenings and values to incidents: fills, thresholds and loss of signal of every signal of one condition."""

from __future__ import annotations

import heapq
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from monitors.alerting.incidents import (
    Closed,
    ClosedWindow,
    CloseReason,
    Facet,
    Incident,
    IncidentPriority,
    Opened,
    Transition,
)
from monitors.alerting.signal import Gap
from monitors.alerting.streams import Forgotten, Happening, Late, Lost, Returned
from monitors.alerting.thresholds import Run, Term
from monitors.alerting.usual import Usual
from monitors.spec import NrqlCondition, Operator, Threshold

# They work on whole arrays as well.
COMPARISONS: Final[dict[Operator, Callable[[Any, float], Any]]] = {
    Operator.ABOVE: operator.gt,
    Operator.ABOVE_OR_EQUALS: operator.ge,
    Operator.BELOW: operator.lt,
    Operator.BELOW_OR_EQUALS: operator.le,
    Operator.EQUALS: operator.eq,
    Operator.NOT_EQUALS: operator.ne,
}


def terms_of(condition: NrqlCondition) -> Iterator[tuple[Threshold, IncidentPriority]]:
    """Yield the condition's thresholds with their priorities, critical first."""
    if condition.critical is not None:
        yield condition.critical, "critical"
    if condition.warning is not None:
        yield condition.warning, "warning"


class _Signal:
    """What is judged of one facet."""

    __slots__ = ("comparisons", "is_forgotten", "last_value", "loss", "terms", "usual")

    def __init__(self, condition: NrqlCondition, facet: Facet) -> None:
        self.terms: list[Term] = []
        self.comparisons: list[tuple[Callable[[float, float], bool], float]] = []
        for threshold, priority in terms_of(condition):
            self.terms.append(Term(condition, threshold, priority, facet))
            self.comparisons.append((COMPARISONS[threshold.operator], threshold.value))
        self.loss: Incident | None = None
        self.last_value: float | None = None
        self.is_forgotten = True  # until a window is judged: nothing has been counted
        baseline = condition.baseline
        self.usual = None if baseline is None else Usual(baseline, condition.signal.step_seconds)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be remembered of it; what is usual takes weeks to learn and is kept."""
        is_open = self.loss is not None or any(term.incident is not None for term in self.terms)
        return self.is_forgotten and self.usual is None and not is_open


class Judgement:
    """Every signal's thresholds and open incidents; fed with happenings in the order of time."""

    def __init__(self, condition: NrqlCondition, is_expected_to_end: Callable[[Facet], bool]) -> None:
        self._condition, self._is_expected_to_end = condition, is_expected_to_end
        self._fill = condition.signal.fill
        self._signals: dict[Facet, _Signal] = {}
        self._limits: list[tuple[float, Facet]] = []
        self._changes: list[Transition] = []

    @property
    def signals(self) -> int:
        """How many signals anything is kept of."""
        return len(self._signals)

    def take(
        self, happenings: Iterable[Happening], values: Sequence[float | None], to_seconds: float
    ) -> list[Transition]:
        """Judge what happened up to a moment; `values` holds one for each closed window, in order."""
        following = iter(values)
        for happening in happenings:
            self._expire_before(happening.closed_at)
            if isinstance(happening, ClosedWindow):
                self._judge_window(happening, next(following))
            else:
                self._judge_other(happening)
        self._expire(to_seconds)
        changes, self._changes = self._changes, []
        return changes

    def _judge_other(self, happening: Gap | Late | Returned | Lost | Forgotten) -> None:
        if isinstance(happening, Gap):
            self._judge_gap(happening)
        elif isinstance(happening, Lost):
            self._lose(happening)
        elif isinstance(happening, Returned):
            self._end_loss(happening.facet, happening.closed_at, "data returned")
        elif isinstance(happening, Forgotten):
            self._forget(happening.facet)

    def _judge_window(self, window: ClosedWindow, value: float | None) -> None:
        signal = self._signal(window.facet)
        measured = value is not None and not math.isnan(value)
        if not measured:
            # The signal is there, only its value is NULL: an empty window, filled at once.
            value = self._filling(signal)
        signal.last_value = value
        compared = self._compared(signal, window.end, value, measured=measured)
        self._feed(signal, Run(window.end, 1, None, (window.closed_at,), (value,)), compared)

    def _judge_gap(self, gap: Gap) -> None:
        signal = self._signal(gap.facet)
        value = self._filling(signal) if gap.fillable else None
        if value is None or signal.usual is None:
            run = Run(gap.first_end, gap.length, None, [gap.closed_at] * gap.length, [value] * gap.length)
            self._feed(signal, run, value)
            return
        for place in range(gap.length):
            end = gap.first_end + place * self._condition.signal.step_seconds
            compared = self._compared(signal, end, value, measured=False)
            self._feed(signal, Run(end, 1, None, (gap.closed_at,), (value,)), compared)

    def _compared(self, signal: _Signal, end: int, value: float | None, *, measured: bool) -> float | None:
        """Return what is compared with the thresholds: the value, or how far it is from what is usual."""
        if value is None or signal.usual is None:
            return value
        return signal.usual.deviations(end, value, learn=measured)

    def _filling(self, signal: _Signal) -> float | None:
        if self._fill.option == "static":
            return self._fill.value
        return signal.last_value if self._fill.option == "last_value" else None

    def _feed(self, signal: _Signal, run: Run, compared: float | None) -> None:
        signal.is_forgotten = False
        for term, (compare, limit) in zip(signal.terms, signal.comparisons, strict=True):
            breaching = None if compared is None else compare(compared, limit)
            before = len(self._changes)
            term.feed(run._replace(breaching=breaching), self._changes)
            if len(self._changes) > before and term.incident is not None:
                self._watch(term.limit_at, term.incident.facet)

    def _lose(self, lost: Lost) -> None:
        """Close first, then open ("Create NRQL alert conditions", Loss of signal actions)."""
        rules = self._condition.loss_of_signal
        assert rules is not None
        signal = self._signal(lost.facet)
        if rules.close_incidents:
            for term in signal.terms:
                term.close(lost.closed_at, "loss of signal", self._changes)
        expected = rules.ignore_expected_termination and self._is_expected_to_end(lost.facet)
        if rules.open_incident and not expected:
            signal.loss = Opened(
                self._condition.key, lost.facet, "critical", "loss of signal", opened_at=lost.closed_at
            )
            self._changes.append(signal.loss)
            self._watch(self._loss_limit(signal), lost.facet)

    def _end_loss(self, facet: Facet, at: float, because: CloseReason) -> None:
        signal = self._signals.get(facet)
        if signal is not None and signal.loss is not None:
            opened = signal.loss.opened_at
            closed = Closed(self._condition.key, facet, "critical", "loss of signal", opened, at, because)
            self._changes.append(closed)
            signal.loss = None
            self._drop_idle(facet, signal)

    def _forget(self, facet: Facet) -> None:
        signal = self._signal(facet)
        signal.last_value, signal.is_forgotten = None, True
        for term in signal.terms:
            term.reset()
        self._drop_idle(facet, signal)

    def _drop_idle(self, facet: Facet, signal: _Signal) -> None:
        if signal.is_idle:
            del self._signals[facet]

    def _watch(self, limit_at: float, facet: Facet) -> None:
        """Remember when an incident reaches its time limit; forget those that have closed before, now and then."""
        heapq.heappush(self._limits, (limit_at, facet))
        if len(self._limits) > 64 + 8 * len(self._signals):
            self._limits = [
                (at, name)
                for name, signal in self._signals.items()
                for at in {self._loss_limit(signal), *(term.limit_at for term in signal.terms)}
                if at < math.inf
            ]
            heapq.heapify(self._limits)

    def _loss_limit(self, signal: _Signal) -> float:
        """Return when an open incident of a lost signal reaches its time limit, infinity when there is none."""
        if signal.loss is None:
            return math.inf
        return signal.loss.opened_at + self._condition.violation_time_limit_seconds

    def _expire_before(self, at: float) -> None:
        """Close incidents whose time limit lies before a moment; one that falls on it comes after all else."""
        while self._limits and self._limits[0][0] < at:
            self._expire_first()

    def _expire(self, to_seconds: float) -> None:
        while self._limits and self._limits[0][0] <= to_seconds:
            self._expire_first()

    def _expire_first(self) -> None:
        limit_at, facet = heapq.heappop(self._limits)
        signal = self._signals.get(facet)
        if signal is None:
            return
        for term in signal.terms:
            term.expire(limit_at, self._changes)
        if self._loss_limit(signal) <= limit_at:
            self._end_loss(facet, limit_at, "time limit")
        else:
            self._drop_idle(facet, signal)

    def _signal(self, facet: Facet) -> _Signal:
        signal = self._signals.get(facet)
        if signal is None:
            signal = self._signals[facet] = _Signal(self._condition, facet)
        return signal
