"""Baselines: what is learnt, what counts as far off, and where the approximation ends."""

from __future__ import annotations

from math import inf, sin, tau
from random import Random
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated import DAY, HOUR, MINUTE, Recorded, condition, each_minute, incidents, signal, spans, threshold

from monitors.alerting import Point
from monitors.alerting.replaying import replay
from monitors.alerting.usual import Usual
from monitors.spec import Baseline, Fill, NrqlCondition

Seasonality = Literal["new_relic_calculation", "hourly", "daily", "weekly", "none"]


def usual(seasonality: Seasonality, direction: Any = "upper_only", step: int = MINUTE) -> Usual:
    return Usual(Baseline(direction=direction, seasonality=seasonality), step)


def noise(count: int, seed: int = 1) -> list[float]:
    random = Random(seed)
    return [random.gauss(0, 1) for _ in range(count)]


def watching(seasonality: Seasonality = "none", **changes: Any) -> NrqlCondition:
    return condition(
        **{
            "baseline": Baseline(direction="upper_only", seasonality=seasonality),
            "critical": threshold(5, 120),
            **changes,
        }
    )


def test_nothing_is_far_off_before_enough_is_known() -> None:
    learner = usual("none")
    found = [learner.deviations(minute * MINUTE, value, learn=True) for minute, value in enumerate(noise(32))]
    # The first value predicts the second; thirty errors are needed.
    assert found[:31] == [None] * 31
    assert found[31] is not None


def test_a_deviation_is_counted_in_standard_deviations_of_the_errors() -> None:
    learner = usual("none")
    for minute, value in enumerate(noise(2000)):
        learner.deviations(minute * MINUTE, 100 + value, learn=True)
    off = learner.deviations(2000 * MINUTE, 105, learn=False)
    assert off == pytest.approx(5, abs=0.6)


@pytest.mark.parametrize(
    ("direction", "up", "down"), [("upper_only", 1, -1), ("lower_only", -1, 1), ("upper_and_lower", 1, 1)]
)
def test_the_direction_says_which_deviations_count(direction: str, up: int, down: int) -> None:
    learner = usual("none", direction)
    for minute, value in enumerate(noise(500)):
        learner.deviations(minute * MINUTE, value, learn=True)
    far = [learner.deviations(500 * MINUTE, value, learn=False) for value in (9, -9)]
    assert [one is not None and (one > 3) - (one < -3) for one in far] == [up, down]


@pytest.mark.parametrize(("seasonality", "period"), [("hourly", HOUR), ("daily", DAY), ("weekly", 7 * DAY)])
def test_a_pattern_is_expected_where_it_was_before(seasonality: Seasonality, period: int) -> None:
    step = 1800 if period > HOUR else MINUTE
    learner, flat = usual(seasonality, step=step), usual("none", step=step)
    for place, value in enumerate(noise(6 * period // step)):
        wave = 50 * sin(tau * place * step / period) + value
        learner.deviations(place * step, wave, learn=True)
        flat.deviations(place * step, wave, learn=True)
    # A quarter through the period the wave is at its height.
    peak = 6 * period + period // 4
    assert (learner.deviations(peak, 50, learn=False) or 0) < 3
    assert (learner.deviations(peak, 60, learn=False) or 0) > 3
    assert (flat.deviations(peak, 50, learn=False) or 0) > (learner.deviations(peak, 50, learn=False) or 0)


def test_new_relics_own_calculation_takes_the_pattern_that_predicts_best() -> None:
    automatic, hourly, flat = usual("new_relic_calculation"), usual("hourly"), usual("none")
    for place, value in enumerate(noise(10 * 60)):
        wave = 50 * sin(tau * place / 60) + value
        for learner in (automatic, hourly, flat):
            learner.deviations(place * MINUTE, wave, learn=True)
    end = 605 * MINUTE
    answers = [learner.deviations(end, 90, learn=False) for learner in (automatic, hourly, flat)]
    assert answers[0] == answers[1] != answers[2]


def test_one_odd_hour_does_not_become_the_pattern() -> None:
    learner = usual("hourly")
    for place, value in enumerate(noise(4 * 60)):
        learner.deviations(place * MINUTE, 80 if place == 3 * 60 else value, learn=True)
    # Of the same minute in the last four hours three were about 0: 40 is more than their mean, 10 is less.
    off = [learner.deviations(4 * 60 * MINUTE, value, learn=False) for value in (40, 10)]
    assert [one is not None and one > 0 for one in off] == [True, False]


def test_any_rise_of_what_never_changed_is_far_off() -> None:
    learner = usual("none")
    for minute in range(40):
        learner.deviations(minute * MINUTE, 7, learn=True)
    assert [learner.deviations(40 * MINUTE, value, learn=False) for value in (7, 8, 6)] == [0, inf, 0]


def test_a_filled_gap_teaches_nothing() -> None:
    learners = usual("none"), usual("none")
    for minute, value in enumerate(noise(100)):
        for learner in learners:
            learner.deviations(minute * MINUTE, value, learn=True)
    learners[0].deviations(100 * MINUTE, 1000, learn=False)
    assert len({learner.deviations(101 * MINUTE, 2, learn=False) for learner in learners}) == 1


def test_a_jump_opens_an_incident_and_tells_the_value_itself() -> None:
    values = [value + 50 for value in noise(300)]
    values[200:204] = [90, 91, 92, 93]
    (found,) = incidents(watching(), each_minute(values), until_seconds=DAY)
    assert spans([found]) == [(202 * MINUTE, 206 * MINUTE)]
    assert found.value == 91


def test_what_goes_on_for_long_becomes_usual() -> None:
    values = [value + 50 for value in noise(300)] + [value + 90 for value in noise(400)]
    (found,) = incidents(watching(), each_minute(values), until_seconds=DAY)
    assert found.closed_because == "recovered"
    assert found.closed_at is not None
    assert found.closed_at < 500 * MINUTE


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("new_relic_calculation", "hourly", "none")),
    st.sampled_from((Fill(), Fill(option="last_value"), Fill(option="static", value=9.0))),
    st.lists(st.tuples(st.sampled_from((60, 60, 60, 60, 60, 180)), st.integers(0, 9)), min_size=40, max_size=150),
)
def test_recorded_data_replayed_give_what_the_simulator_gives_for_a_baseline(
    seasonality: Seasonality, fill: Fill, drawn: list[tuple[int, int]]
) -> None:
    of = watching(seasonality, critical=threshold(1, 120), signal=signal(fill=fill))
    points, at = [], 0
    for gap, value in drawn:
        at += gap
        points.append(Point(at, (), value, at))
    found = incidents(of, points, until_seconds=at + HOUR)
    assert replay(of, Recorded.of(of, points), until_seconds=at + HOUR) == found
