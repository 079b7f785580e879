"""The simulator may run for ever: old windows and silent signals are dropped."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

import pytest
from simulated import DAY, HOUR, MINUTE, condition, highest, lost, once, point, signal, threshold

from monitors.alerting import ClosedWindow, ConditionSimulator
from monitors.spec import NrqlCondition


def run(simulator: ConditionSimulator, facets: int, start: float, hours: int) -> None:
    for minute in range(hours * 60):
        at = start + minute * MINUTE
        simulator.observe(point(at, 9 * (minute % 2), facet=(str(number),)) for number in range(facets))
        simulator.advance(at)


@pytest.mark.parametrize(
    "of",
    [
        condition(critical=threshold(5, MINUTE)),
        condition(signal=signal(window_seconds=HOUR, slide_seconds=MINUTE), loss_of_signal=lost()),
    ],
    ids=["an incident every other minute", "an hour that slides"],
)
def test_memory_does_not_grow_with_time(of: NrqlCondition) -> None:
    simulator = ConditionSimulator(of, highest)
    run(simulator, 8, 0, hours=2)
    tracemalloc.start()
    run(simulator, 8, 2 * HOUR, hours=2)
    first = tracemalloc.get_traced_memory()[0]
    run(simulator, 8, 4 * HOUR, hours=4)
    grown = tracemalloc.get_traced_memory()[0] - first
    tracemalloc.stop()
    assert grown < 20_000


@pytest.mark.parametrize(
    ("of", "silence"),
    [
        (condition(critical=threshold(99)), 2 * HOUR),
        (condition(critical=once(), violation_time_limit_seconds=HOUR), 2 * HOUR),
        (condition(critical=once()), 3 * DAY),
        (condition(critical=threshold(99), loss_of_signal=lost(DAY)), 4 * DAY),
        (condition(loss_of_signal=lost(close_incidents=True), violation_time_limit_seconds=HOUR), 2 * HOUR),
    ],
    ids=["nothing open", "closed by its limit", "open for days", "lost after a day", "lost"],
)
def test_a_silent_signal_is_dropped(of: NrqlCondition, silence: float) -> None:
    simulator = ConditionSimulator(of, highest)
    run(simulator, 3, 0, hours=1)
    assert simulator.signals == 3
    simulator.advance(HOUR - MINUTE + silence + 10 * MINUTE)
    assert simulator.signals == 0


def test_a_point_that_comes_after_time_has_passed_it_is_refused() -> None:
    simulator = ConditionSimulator(condition(), highest)
    simulator.advance(100)
    with pytest.raises(ValueError, match=r"arrived at 100, but time has been advanced to 100; observe points before"):
        simulator.observe([point(100)])


def test_time_does_not_go_back() -> None:
    simulator = ConditionSimulator(condition(), highest)
    simulator.advance(100)
    with pytest.raises(ValueError, match="time cannot go back from 100 to 99"):
        simulator.advance(99)


def test_an_aggregate_that_leaves_out_a_window_is_refused() -> None:
    simulator = ConditionSimulator(condition(), lambda windows: [])
    simulator.observe([point(0), point(MINUTE)])
    with pytest.raises(ValueError, match="aggregate returned 0 values for 1 windows; one each is needed"):
        simulator.advance(MINUTE)


def test_all_windows_of_one_advance_are_aggregated_in_one_call() -> None:
    calls: list[int] = []

    def counted(windows: Sequence[ClosedWindow]) -> list[float | None]:
        calls.append(len(windows))
        return highest(windows)

    simulator = ConditionSimulator(condition(), counted)
    simulator.observe(point(minute * MINUTE, facet=(facet,)) for minute in range(11) for facet in "ab")
    simulator.advance(HOUR)
    assert calls == [20]
