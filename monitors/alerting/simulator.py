"""The condition simulator: points in, incidents out, in simulated time; live data and recordings alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields

from monitors.alerting.incidents import (
    Aggregate,
    ClosedWindow,
    Facet,
    Incident,
    Opened,
    Point,
    Transition,
    in_order,
)
from monitors.alerting.judgement import Judgement
from monitors.alerting.streams import Late, Streams
from monitors.alerting.timing import Timing
from monitors.spec import NrqlCondition


def _never(facet: Facet) -> bool:
    return False


class ConditionSimulator:
    """One condition's evaluation as New Relic streams it (docs/alert-semantics.md).

    Any division of the same points into calls of `observe` and `advance` gives the same transitions.
    `is_expected_to_end` says of a signal whether its end is expected, as New Relic reads it from the entity's tag.
    """

    def __init__(
        self,
        condition: NrqlCondition,
        aggregate: Aggregate,
        *,
        is_expected_to_end: Callable[[Facet], bool] = _never,
    ) -> None:
        self.condition = condition
        self.late_points = 0
        self._aggregate = aggregate
        self._streams = Streams(Timing.of(condition))
        self._judgement = Judgement(condition, is_expected_to_end)

    @property
    def signals(self) -> int:
        """How many signals anything is kept of; one that stays silent is dropped in the end."""
        return max(len(self._streams.facets), self._judgement.signals)

    def observe(self, points: Iterable[Point]) -> None:
        """Take points that passed the condition's FROM and WHERE.

        Raises ValueError for a point that arrived before the moment that time has been advanced to.
        """
        if self.condition.enabled:
            self._streams.observe(points)

    def advance(self, to_seconds: float) -> list[Transition]:
        """Let time pass up to and including a moment; return what opened and closed, in order.

        Calls the aggregate once, with all windows that closed. Raises ValueError when time would go back.
        """
        happenings = self._streams.advance(to_seconds)
        windows = [one for one in happenings if isinstance(one, ClosedWindow)]
        values = self._aggregate(windows) if windows else ()
        if len(values) != len(windows):
            raise ValueError(f"aggregate returned {len(values)} values for {len(windows)} windows; one each is needed")
        self.late_points += sum(len(one.points) for one in happenings if isinstance(one, Late))
        return self._judgement.take(happenings, values, to_seconds)


def simulate(
    condition: NrqlCondition, points: Iterable[Point], *, until_seconds: float, aggregate: Aggregate
) -> tuple[Incident, ...]:
    """Return the incidents of recorded points, those still open at the end included; one call of the aggregate."""
    simulator = ConditionSimulator(condition, aggregate)
    simulator.observe(points)
    return incidents_of(simulator.advance(until_seconds))


def incidents_of(transitions: Iterable[Transition]) -> tuple[Incident, ...]:
    """Return each incident once, in its last state, in the order of opening."""
    found: list[Incident] = []
    open_now: dict[tuple[Facet, str, str], int] = {}
    for change in transitions:
        incident = Incident(*(getattr(change, field.name) for field in fields(Incident)))
        key = (change.facet, change.cause, change.priority)
        if isinstance(change, Opened):
            open_now[key] = len(found)
            found.append(incident)
        else:
            found[open_now.pop(key)] = incident
    return in_order(found)
