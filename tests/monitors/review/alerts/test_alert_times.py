"""How long an outage lasts until an alert opens, and how long it is blind: the sums hold for the simulator itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from condition_strategies import conditions
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated import condition, lost, once, signal, threshold

from monitors.alerting import ClosedWindow, Opened, Point
from monitors.alerting.simulator import ConditionSimulator
from monitors.review.alerts.blindness import blindness, made_anew, resets
from monitors.review.alerts.detection import detection, silence_seconds
from monitors.spec import Baseline, Cadence, EventFlow, EventTimer, NrqlCondition, Operator

GOOD, BAD = 0, 9
EVERY = 5  # seconds between points: what the sums take as steady
START = 1_000_000 - 1_000_000 % 21_600


def opened_after(of: NrqlCondition, begins: float, *, first_good: bool = True, any_bad: bool = True) -> float:
    """Return how long after an outage's beginning the first incident opens; all points from then on are bad."""

    def value(windows: Sequence[ClosedWindow]) -> list[float]:
        weigh = max if any_bad else min
        return [float(weigh(point.row for point in window.points)) for window in windows]

    span = 2 * of.signal.window_seconds + of.thresholds[0].duration_seconds + 600
    before = int(begins) - span if first_good else int(begins)
    times = [before + EVERY * count for count in range((int(begins) + 2 * span - before) // EVERY)]
    simulator = ConditionSimulator(of, value)
    simulator.observe(Point(float(at), (), BAD if at >= begins else GOOD, float(at)) for at in times)
    changes = simulator.advance(times[-1])
    return next(one.opened_at for one in changes if isinstance(one, Opened)) - begins


def plain(of: NrqlCondition) -> NrqlCondition:
    """Return a condition with one threshold that bad points breach and good ones do not, and no rule for silence."""
    assert of.critical is not None
    term = of.critical.model_copy(update={"operator": Operator.ABOVE, "value": 5.0})
    return of.model_copy(update={"critical": term, "warning": None, "loss_of_signal": None})


@settings(max_examples=120, deadline=None)
@given(conditions(), st.integers(0, 600), st.booleans())
def test_an_outage_opens_within_the_range_wherever_it_begins(of: NrqlCondition, offset: int, any_bad: bool) -> None:
    of = plain(of)
    wait = of.signal.method
    if isinstance(wait, EventTimer) and wait.timer_seconds <= EVERY:
        return  # such a timer runs out between two points: they are not steady for it
    found = detection(of, of.thresholds[0])
    after = opened_after(of, START + offset, any_bad=any_bad)
    assert found.soonest_seconds - EVERY <= after <= found.latest_seconds + EVERY


@pytest.mark.parametrize(
    "of",
    [
        condition(signal=signal(method=EventFlow(delay_seconds=120))),
        condition(signal=signal(method=Cadence(delay_seconds=90)), critical=once()),
        condition(signal=signal(method=EventTimer(timer_seconds=60)), critical=threshold(duration_seconds=600)),
        condition(signal=signal(window_seconds=300, slide_seconds=60), critical=threshold(duration_seconds=120)),
    ],
    ids=["event flow", "cadence, once", "event timer", "sliding"],
)
def test_both_ends_of_the_range_are_reached(of: NrqlCondition) -> None:
    found, step = detection(of, of.thresholds[0]), of.signal.step_seconds
    soonest = min(opened_after(of, START + step - offset) for offset in range(1, EVERY + 1))
    latest = max(opened_after(of, START + offset, any_bad=False) for offset in range(1, EVERY + 1))
    assert soonest == pytest.approx(found.soonest_seconds, abs=2 * EVERY)
    assert latest == pytest.approx(found.latest_seconds, abs=2 * EVERY)


@settings(max_examples=120, deadline=None)
@given(conditions(), st.integers(0, 600))
def test_nothing_opens_while_an_alert_is_blind_and_then_what_breaches_does(of: NrqlCondition, offset: int) -> None:
    """An evaluation that begins in the middle of trouble: every point that it ever sees is bad."""
    of = plain(of)
    wait = of.signal.method
    if isinstance(wait, EventTimer) and wait.timer_seconds <= EVERY:
        return
    found = blindness(of, of.thresholds[0])
    after = opened_after(of, START + offset, first_good=False)
    assert found.least_seconds - EVERY <= after <= found.most_seconds + EVERY


def test_a_whole_sliding_window_is_waited_for_and_the_duration_and_the_delay() -> None:
    of = condition(
        signal=signal(window_seconds=3600, slide_seconds=300, method=EventFlow(delay_seconds=120)),
        critical=threshold(duration_seconds=600),
    )
    found = blindness(of, of.thresholds[0])
    assert (found.least_seconds, found.most_seconds) == (3600 + 120, 3600 + 300 + 120)


def test_a_baseline_learns_on_top_of_that() -> None:
    of = condition(baseline=Baseline(direction="upper_only"))
    assert blindness(of, of.thresholds[0]).learns


def test_silence_is_known_after_its_own_time_whatever_the_threshold() -> None:
    assert silence_seconds(condition(loss_of_signal=lost(240))) == 240
    assert silence_seconds(condition(loss_of_signal=lost(240, open_incident=False, close_incidents=True))) is None
    assert silence_seconds(condition()) is None


def test_a_condition_is_made_anew_for_another_key_policy_or_type_and_for_nothing_else() -> None:
    before = condition()
    assert list(made_anew(before, before, "slack", "slack")) == []
    assert list(made_anew(before, condition(key="other"), "slack", "slack")) == ["it is provisioned under another key"]
    assert list(made_anew(before, before, "slack", "page")) == ["a condition cannot change its policy"]
    deviating = condition(baseline=Baseline(direction="upper_only"))
    assert list(made_anew(before, deviating, "slack", "slack")) == [
        "a fixed threshold and a baseline are two types of condition"
    ]


def test_what_is_off_on_either_side_has_no_evaluation_to_reset() -> None:
    before = condition()
    after = condition(critical=threshold(7))
    assert resets(before, after) == ("critical.value",)
    assert resets(before.model_copy(update={"enabled": False}), after) == ()
    assert resets(before, after.model_copy(update={"enabled": False})) == ()
