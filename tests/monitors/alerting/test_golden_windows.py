"""When windows close and what is in them: New Relic's documented examples, with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from golden import CHOICE, CONDITIONS, METHODS, TERMS
from simulated import HOUR, MINUTE, condition, point, signal, threshold

from monitors.alerting import ClosedWindow, ConditionSimulator, Point
from monitors.spec import Cadence, EventFlow, EventTimer, NrqlCondition, Signal

NOON = 12 * HOUR


def after_noon(minutes: float, arrived: float | None = None) -> Point:
    """Return a point stamped some minutes after noon, arriving then or as said."""
    return point(NOON + minutes * MINUTE, arrived_at=None if arrived is None else NOON + arrived * MINUTE)


@dataclass(frozen=True)
class Case:
    """Windows as minutes after noon: start, end, when closed, and how many points it has."""

    rule: str
    source: str
    signal: Signal
    points: Sequence[Point]
    windows: Sequence[tuple[float, float, float, int]]
    late: int = 0


CASES = (
    Case(
        "event flow: of one-minute windows with a delay of 3 minutes, 12:00 to 12:01 waits for a stamp of 12:04",
        TERMS + "#event-flow",
        signal(method=EventFlow(delay_seconds=180)),
        [after_noon(0.5), after_noon(3.9), after_noon(4)],
        [(0, 1, 4, 1)],
    ),
    Case(
        "event flow: the clock does not matter, only the timestamps of what arrives",
        TERMS + "#event-flow",
        signal(method=EventFlow(delay_seconds=180)),
        [after_noon(0.5), after_noon(4, arrived=30)],
        [(0, 1, 30, 1)],
    ),
    Case(
        "event flow with a delay of 2 minutes: 12:00 is closed by 12:03, which is not in it",
        METHODS + "#event-flow-detail",
        signal(method=EventFlow(delay_seconds=120)),
        [after_noon(0), after_noon(3)],
        [(0, 1, 3, 1)],
    ),
    Case(
        "event flow waits as long as it takes for the next point",
        METHODS + "#event-flow-detail",
        signal(method=EventFlow(delay_seconds=120)),
        [after_noon(0), after_noon(2.9)],
        [],
    ),
    Case(
        "event timer: 3 minutes after the only point of 12:00 to 12:01",
        TERMS + "#event-timer",
        signal(method=EventTimer(timer_seconds=180)),
        [after_noon(0.5)],
        [(0, 1, 3.5, 1)],
    ),
    Case(
        "event timer: another point of the window starts the timer anew",
        TERMS + "#event-timer",
        signal(method=EventTimer(timer_seconds=180)),
        [after_noon(0.5), after_noon(0.75, arrived=3)],
        [(0, 1, 6, 2)],
    ),
    Case(
        "event timer: a later window waits for the timer of an earlier one",
        TERMS + "#event-timer",
        signal(method=EventTimer(timer_seconds=180)),
        [after_noon(1.5), after_noon(0.5, arrived=4)],
        [(0, 1, 7, 1), (1, 2, 7, 1)],
    ),
    Case(
        "event timer: a point in the very second the timer runs out is in time",
        CHOICE,
        signal(method=EventTimer(timer_seconds=30)),
        [after_noon(0), after_noon(0.5), after_noon(0.99, arrived=1)],
        [(0, 1, 1.5, 3)],
    ),
    Case(
        "event timer: a timer shorter than the window evaluates before all points are there",
        TERMS + "#event-timer",
        signal(method=EventTimer(timer_seconds=10)),
        [after_noon(0), after_noon(0.5)],
        [(0, 1, 1 / 6, 1)],
        late=1,
    ),
    Case(
        "cadence: the window and the delay after its start, whatever arrives",
        CONDITIONS + "#delay-timer",
        signal(method=Cadence(delay_seconds=120)),
        [after_noon(0.5)],
        [(0, 1, 3, 1)],
    ),
    Case(
        "cadence: what arrives after that is left out",
        CONDITIONS + "#delay-timer",
        signal(method=Cadence(delay_seconds=120)),
        [after_noon(0.5), after_noon(0.6, arrived=3), after_noon(0.7, arrived=3.1)],
        [(0, 1, 3, 2)],
        late=1,
    ),
    Case(
        "once a window is aggregated, no point is added to it",
        METHODS + "#aggregation",
        signal(),
        [after_noon(0), after_noon(1), after_noon(0.5, arrived=1.5), after_noon(2)],
        [(0, 1, 1, 1), (1, 2, 2, 1)],
        late=1,
    ),
    Case(
        "windows begin at multiples of their length since 1970, not at the first point",
        TERMS + "#window-duration",
        signal(window_seconds=7 * MINUTE),
        [after_noon(3), after_noon(20)],
        # Noon on the first of January 1970 is 102 windows and 6 minutes.
        [(1, 8, 20, 1)],
    ),
    Case(
        "sliding windows overlap, and the first is whole",
        CONDITIONS + "#sliding-window-aggregation",
        signal(window_seconds=3 * MINUTE, slide_seconds=MINUTE),
        [after_noon(minute) for minute in range(6)],
        [(0, 3, 3, 3), (1, 4, 4, 3), (2, 5, 5, 3)],
    ),
    Case(
        "sliding windows: a timer belongs to a slide, not to the whole window",
        CHOICE,
        signal(window_seconds=2 * MINUTE, slide_seconds=MINUTE, method=EventTimer(timer_seconds=60)),
        [after_noon(0.5), after_noon(1.5)],
        [(0, 2, 2.5, 2)],
    ),
    Case(
        "sliding windows by cadence go on while a point is in them",
        CHOICE,
        signal(window_seconds=2 * MINUTE, slide_seconds=MINUTE, method=Cadence(delay_seconds=0)),
        [after_noon(0.5), after_noon(1.5)],
        [(0, 2, 2, 2), (1, 3, 3, 1)],
    ),
    Case(
        "a window of two hours by cadence is kept until it closes, an hour's delay later",
        CHOICE,
        signal(window_seconds=2 * HOUR, method=Cadence(delay_seconds=HOUR)),
        [after_noon(0)],
        [(0, 120, 180, 1)],
    ),
    Case(
        "event flow with points 70 minutes apart goes on as with any others",
        CHOICE,
        signal(),
        [after_noon(0), after_noon(70), after_noon(140)],
        [(0, 1, 70, 1), (70, 71, 140, 1)],
    ),
    Case(
        "a signal that was silent for more than two hours begins anew, without its open window",
        TERMS + "#gap-filling",
        signal(),
        [after_noon(0), after_noon(121), after_noon(122)],
        [(121, 122, 122, 1)],
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_a_window_closes_as_documented(case: Case) -> None:
    assert case.source
    of = condition(signal=case.signal, critical=threshold(duration_seconds=case.signal.window_seconds))
    simulator = ConditionSimulator(of, lambda windows: [0.0] * len(windows))
    simulator.observe(case.points)
    simulator.advance(NOON + 24 * HOUR)
    assert simulator.late_points == case.late
    found = [
        (
            (one.start - NOON) / MINUTE,
            (one.end - NOON) / MINUTE,
            (one.closed_at - NOON) / MINUTE,
            len(one.points),
        )
        for one in closings(of, case.points)
    ]
    assert found == list(case.windows)


def closings(of: NrqlCondition, points: Sequence[Point]) -> list[ClosedWindow]:
    """Return every window that closes within a day, as it closes."""
    closed: list[ClosedWindow] = []

    def keep(windows: Sequence[ClosedWindow]) -> list[float | None]:
        closed.extend(windows)
        return [0.0] * len(windows)

    simulator = ConditionSimulator(of, keep)
    simulator.observe(points)
    simulator.advance(NOON + 24 * HOUR)
    return closed


def test_each_facet_has_windows_of_its_own() -> None:
    assert closings(condition(), [point(0, facet=("a",)), point(10 * MINUTE, facet=("b",))]) == []


def test_a_facet_that_appears_late_gathers_a_whole_sliding_window_first() -> None:
    sliding = condition(signal=signal(window_seconds=3 * MINUTE, slide_seconds=MINUTE))
    early = [point(minute * MINUTE, facet=("a",)) for minute in range(60)]
    late = [point(minute * MINUTE, facet=("b",)) for minute in range(30, 60)]
    assert min(one.end for one in closings(sliding, [*early, *late]) if one.facet == ("b",)) == 33 * MINUTE
