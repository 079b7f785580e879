"""The core: one threshold of one signal, fed with runs of windows that are alike.

A live window is a run of one; recorded data are fed in runs found at once, so that quiet weeks cost nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from monitors.alerting.incidents import Closed, CloseReason, Facet, Incident, IncidentPriority, Opened, Transition
from monitors.spec import NrqlCondition, Occurrences, Threshold


class Run(NamedTuple):
    """`length` windows one after the other, all breaching, all not, or all empty (None).

    The first ends at `first_end`. `closed_at` and `values` hold a moment and a value for each; both may be worked out
    on demand.
    """

    first_end: int
    length: int
    breaching: bool | None
    closed_at: Sequence[float]
    values: Sequence[float | None]


class Term:
    """One threshold's count of windows and its open incident.

    `opens_after` windows in a row open an incident, `closes_after` close it.

    Rules: "How alert events are closed" and "Create NRQL alert conditions" of docs.newrelic.com.
    """

    __slots__ = (
        "_breaching",
        "_calm",
        "_calm_since",
        "_condition",
        "_degraded_at",
        "_facet",
        "_limit_seconds",
        "_priority",
        "_step_seconds",
        "closes_after",
        "incident",
        "opens_after",
    )

    def __init__(
        self, condition: NrqlCondition, threshold: Threshold, priority: IncidentPriority, facet: Facet
    ) -> None:
        step = condition.signal.step_seconds
        self._condition, self._priority, self._facet = condition.key, priority, facet
        self._step_seconds = step
        self._limit_seconds = condition.violation_time_limit_seconds
        self.closes_after = max(1, threshold.duration_seconds // step)
        once = threshold.occurrences is Occurrences.AT_LEAST_ONCE
        self.opens_after = 1 if once else self.closes_after
        self.incident: Incident | None = None
        self.reset()

    def reset(self) -> None:
        """Start counting anew; an open incident stays open."""
        self._breaching = self._calm = 0
        self._degraded_at = self._calm_since = 0.0

    @property
    def limit_at(self) -> float:
        """When the open incident reaches its time limit, infinity when there is none."""
        return float("inf") if self.incident is None else self.incident.opened_at + self._limit_seconds

    def feed(self, run: Run, changes: list[Transition]) -> None:
        """Count a run's windows; append what opens and closes."""
        if run.breaching is None:
            # "On evaluation, an empty aggregation window will reset the threshold duration timer".
            self.reset()
            return
        position = 0
        while position < run.length:
            if self.incident is None:
                position = self._open_within(run, position, changes)
            else:
                position = self._close_within(run, position, changes)

    def expire(self, to_seconds: float, changes: list[Transition]) -> None:
        """Close the incident that has reached its time limit by a moment."""
        if self.limit_at <= to_seconds:
            self.close(self.limit_at, "time limit", changes)

    def close(
        self, at: float, because: CloseReason, changes: list[Transition], recovered_at: float | None = None
    ) -> None:
        """Close the open incident, if there is one, and evaluate from the start again."""
        if self.incident is not None:
            changes.append(_closed(self.incident, at, because, recovered_at))
            self.incident = None
            self.reset()

    def _open_within(self, run: Run, position: int, changes: list[Transition]) -> int:
        """Count the windows from a position until an incident opens; return the position after."""
        if not run.breaching:
            self.reset()
            return run.length
        if self._breaching == 0:
            self._degraded_at = run.first_end + (position - 1) * self._step_seconds
        index = position + self.opens_after - self._breaching - 1
        if index >= run.length:
            self._breaching += run.length - position
            return run.length
        opened = Opened(
            condition=self._condition,
            facet=self._facet,
            priority=self._priority,
            cause="threshold",
            opened_at=run.closed_at[index],
            value=run.values[index],
            degraded_at=self._degraded_at,
        )
        changes.append(opened)
        self.incident = opened
        return index + 1

    def _close_within(self, run: Run, position: int, changes: list[Transition]) -> int:
        """Count the windows from a position until the incident closes; return the position after."""
        # A window that closes in the very second of the time limit still counts.
        limited = bisect_right(run.closed_at, self.limit_at, position, run.length)
        if run.breaching:
            self._calm = 0
        else:
            if self._calm == 0:
                self._calm_since = run.first_end + (position - 1) * self._step_seconds
            index = position + self.closes_after - self._calm - 1
            if index < limited:
                self.close(run.closed_at[index], "recovered", changes, self._calm_since)
                return index + 1
            self._calm += limited - position
        if limited < run.length:
            self.close(self.limit_at, "time limit", changes)
        return limited


def _closed(incident: Incident, at: float, because: CloseReason, recovered_at: float | None) -> Closed:
    return Closed(
        condition=incident.condition,
        facet=incident.facet,
        priority=incident.priority,
        cause=incident.cause,
        opened_at=incident.opened_at,
        closed_at=at,
        closed_because=because,
        value=incident.value,
        degraded_at=incident.degraded_at,
        recovered_at=recovered_at,
    )
