"""What goes into a condition and what comes out: points, closed windows, incidents and their changes.

Times are seconds since 1970, of simulated time; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Facet = tuple[str, ...]  # the values of FACET, () where a query has none
IncidentPriority = Literal["critical", "warning"]
Cause = Literal["threshold", "loss of signal"]
CloseReason = Literal["recovered", "time limit", "loss of signal", "data returned"]


class Point(NamedTuple):
    """One row that passed a condition's FROM and WHERE; `row` is its number in the data it came from."""

    timestamp: float
    facet: Facet
    row: int
    arrived_at: float


class ClosedWindow(NamedTuple):
    """A window that takes no more points: those with start <= timestamp < end that arrived before it closed."""

    facet: Facet
    start: int
    end: int
    points: Sequence[Point]
    closed_at: float


# The value of each window; None (or NaN) is NRQL's NULL.
Aggregate = Callable[[Sequence[ClosedWindow]], Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident of one signal; `condition` is the condition's key.

    `opened_at` and `closed_at` are when New Relic acts, and so when somebody is told. `degraded_at` and `recovered_at`
    are from when on the signal breached or was well again, which New Relic keeps as degradationTime and recoveryTime;
    it dates a recovered incident's end back to the latter. `value` is that of the window that opened it.
    """

    condition: str
    facet: Facet
    priority: IncidentPriority
    cause: Cause
    opened_at: float
    closed_at: float | None = None
    closed_because: CloseReason | None = None
    value: float | None = None
    degraded_at: float | None = None
    recovered_at: float | None = None


@dataclass(frozen=True, slots=True)
class Opened(Incident):
    """An incident as it opens; `reason` is its cause."""

    @property
    def reason(self) -> Cause:
        """Why it opened."""
        return self.cause

    @property
    def at(self) -> float:
        """When it opened."""
        return self.opened_at


@dataclass(frozen=True, slots=True)
class Closed(Incident):
    """An incident as it closes; `reason` says why."""

    @property
    def reason(self) -> CloseReason:
        """Why it closed."""
        assert self.closed_because is not None
        return self.closed_because

    @property
    def at(self) -> float:
        """When it closed."""
        assert self.closed_at is not None
        return self.closed_at


Transition = Opened | Closed


def in_order(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Return incidents as they opened; at one moment by facet, loss of signal and critical first."""
    return tuple(sorted(incidents, key=lambda one: (one.opened_at, one.facet, one.cause, one.priority)))
