"""Replay where its edges are; that it equals the simulator is a property of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from simulated import MINUTE, Recorded, condition, each_minute, incidents, once, point, signal, spans

from monitors.alerting import Point
from monitors.alerting.replaying import NotReplayed, replay
from monitors.spec import EventTimer, NrqlCondition

TIMER = signal(method=EventTimer(timer_seconds=30))


def replayed(of: NrqlCondition, points: list[Point], until: float) -> list[tuple[float, float | None]]:
    found = replay(of, Recorded.of(of, points), until_seconds=until)
    assert found == incidents(of, points, until)
    return spans(found)


def test_a_timer_that_runs_out_within_a_window_is_said_and_not_replayed() -> None:
    of = condition(signal=TIMER, query="SELECT max(value) FROM Sample FACET host")
    points = [point(0, facet=("web-1",)), point(31, facet=("web-1",))]
    with pytest.raises(NotReplayed) as refused:
        replay(of, Recorded.of(of, points), until_seconds=100)
    assert str(refused.value) == (
        "condition high-errors, signal ('web-1',): two points of one window come 31 s apart, further than the timer of "
        "30 s; the window closed without the later one; use simulate"
    )


def test_points_as_far_apart_as_the_timer_are_replayed() -> None:
    assert replayed(condition(signal=TIMER, critical=once()), [point(0, 9), point(30, 9)], 100) == [(60, None)]


@pytest.mark.parametrize(("until", "expected"), [(89, []), (90, [(90, None)])])
def test_a_timer_that_runs_out_in_the_last_second_closes_its_window(
    until: float, expected: list[tuple[float, float | None]]
) -> None:
    assert replayed(condition(signal=TIMER, critical=once()), [point(60, 9)], until) == expected


@pytest.mark.parametrize(("until", "expected"), [(59, []), (60, [(60, None)])])
def test_points_after_the_end_are_left_out(until: float, expected: list[tuple[float, float | None]]) -> None:
    assert replayed(condition(critical=once()), [point(0, 9), point(60, 9)], until) == expected


def test_a_disabled_condition_is_not_replayed() -> None:
    assert replayed(condition(enabled=False), each_minute([9] * 20), 20 * MINUTE) == []


def test_no_data_give_no_incidents() -> None:
    assert replayed(condition(), [], 100) == []


def test_the_simulator_is_imported_without_numpy_and_duckdb() -> None:
    """`lookout check` starts cold in under a second."""
    code = "import sys, monitors.alerting, monitors.alerting.replaying; print({'numpy', 'duckdb'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
