"""Conditions, points and aggregates for tests of the simulator: short to write, one field at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitors.alerting import ClosedWindow, Facet, Incident, Point, simulate
from monitors.spec import (
    EventFlow,
    Fill,
    LossOfSignal,
    NrqlCondition,
    Occurrences,
    Operator,
    RunbookSection,
    Severity,
    Signal,
    Threshold,
)
from service.metrics import Unit

MINUTE, HOUR, DAY = 60, 3600, 86_400
NOTHING = -1  # the row of a point whose value is NULL


def threshold(value: float = 5, duration_seconds: int = 300, **changes: Any) -> Threshold:
    return Threshold(**{"operator": Operator.ABOVE, "value": value, "duration_seconds": duration_seconds, **changes})


def once(value: float = 5, duration_seconds: int = 300, **changes: Any) -> Threshold:
    return threshold(value, duration_seconds, occurrences=Occurrences.AT_LEAST_ONCE, **changes)


def signal(**changes: Any) -> Signal:
    return Signal(**{"window_seconds": MINUTE, "method": EventFlow(delay_seconds=0), "fill": Fill(), **changes})


def lost(after_seconds: int = 180, **changes: Any) -> LossOfSignal:
    return LossOfSignal(**{"after_seconds": after_seconds, "open_incident": True, **changes})


def condition(**changes: Any) -> NrqlCondition:
    """Return a condition above 5 for five minutes of one-minute windows, closed as soon as a later point comes."""
    key = changes.get("key", "high-errors")
    fields = {
        "key": key,
        "name": "High errors",
        "query": "SELECT max(value) FROM Sample",
        "unit": Unit.ONE,
        "severity": Severity.SEV3,
        "owner": "ai",
        "user_impact": "Users cannot sign contracts.",
        "runbook": RunbookSection(file="incident-response.md", anchor=key),
        "signal": signal(),
        "critical": threshold(),
    }
    return NrqlCondition(**{**fields, **changes})


def point(at: float, value: float = 0, *, facet: Facet = (), arrived_at: float | None = None) -> Point:
    """Return a point whose row is its value, so that `highest` can tell it."""
    return Point(at, facet, int(value), at if arrived_at is None else arrived_at)


def each_minute(values: Iterable[float | None], start: float = 0, facet: Facet = ()) -> list[Point]:
    """Return a point at the start of each minute; None is a minute without one."""
    return [
        point(start + minute * MINUTE, value, facet=facet) for minute, value in enumerate(values) if value is not None
    ]


def highest(windows: Sequence[ClosedWindow]) -> list[float | None]:
    """Return each window's highest value, None where it has only points without one."""
    rows = [[one.row for one in window.points if one.row != NOTHING] for window in windows]
    return [float(max(of_window)) if of_window else None for of_window in rows]


def incidents(of: NrqlCondition, points: Iterable[Point], until_seconds: float = 10 * DAY) -> tuple[Incident, ...]:
    return simulate(of, points, until_seconds=until_seconds, aggregate=highest)


def spans(found: Iterable[Incident]) -> list[tuple[float, float | None]]:
    """Return when each incident opened and closed."""
    return [(one.opened_at, one.closed_at) for one in found]


@dataclass(frozen=True)
class Recorded:
    """Windows of complete data, worked out one by one."""

    facets: tuple[Facet, ...]
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]
    values: NDArray[np.float64]
    point_offsets: NDArray[np.int64]
    point_times: NDArray[np.float64]

    @classmethod
    def of(cls, of: NrqlCondition, points: Sequence[Point]) -> Recorded:
        window, step = of.signal.window_seconds, of.signal.step_seconds
        facets = tuple(sorted({one.facet for one in points}))
        ends: list[int] = []
        values: list[float] = []
        times: list[float] = []
        offsets, point_offsets = [0], [0]
        for facet in facets:
            own = sorted((one for one in points if one.facet == facet), key=lambda one: one.timestamp)
            first = int(own[0].timestamp // step) * step + step
            for end in range(first, int(own[-1].timestamp) + window + step + 1, step):
                inside = [one for one in own if end - window <= one.timestamp < end]
                if inside:
                    (value,) = highest([ClosedWindow(facet, end - window, end, inside, 0)])
                    ends.append(end)
                    values.append(float("nan") if value is None else value)
            times += [one.timestamp for one in own]
            offsets.append(len(ends))
            point_offsets.append(len(times))
        return cls(
            facets,
            np.array(offsets, np.int64),
            np.array(ends, np.int64),
            np.array(values, np.float64),
            np.array(point_offsets, np.int64),
            np.array(times, np.float64),
        )
