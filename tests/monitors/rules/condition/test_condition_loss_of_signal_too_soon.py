"""condition/loss-of-signal-too-soon: loss of signal comes sooner than the next point can."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.loss_of_signal_too_soon import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                signal=spec.Signal(window_seconds=300),
                loss_of_signal=build.loss_of_signal(),
            ),
            ("Silence counts from 180 s on, and one window is 300 s: it could hold points and still be called lost."),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal(after_seconds=60)
            ),
            (
                "Silence counts from 60 s on, and the delay alone is 120 s: the signal is "
                "called lost before its last window is evaluated."
            ),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                signal=spec.Signal(method=spec.EventTimer(timer_seconds=600)),
                loss_of_signal=build.loss_of_signal(),
            ),
            (
                "Silence counts from 180 s on, and the timer alone is 600 s: the signal is "
                "called lost before its last window is evaluated."
            ),
        ),
        (
            build.condition(
                query="FROM Metric SELECT max(`Custom/Service/Health`)",
                signal=spec.Signal(window_seconds=30, method=spec.EventTimer(timer_seconds=30)),
                loss_of_signal=build.loss_of_signal(after_seconds=30),
            ),
            ("Silence counts from 30 s on, and points come every 20 s: one that is late makes the signal lost."),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal()),
        build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=300)),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(duration_seconds=3600),
            signal=spec.Signal(window_seconds=3600, slide_seconds=60),
            loss_of_signal=build.loss_of_signal(),
        ),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            signal=spec.Signal(window_seconds=300),
            loss_of_signal=build.loss_of_signal(),
        ),
    )
    assert found.advice == "Use after_seconds=300 or more."


def test_a_monitor_that_runs_every_quarter_of_an_hour_is_given_half_an_hour() -> None:
    query = "FROM SyntheticCheck SELECT count(*) WHERE monitorName = 'Health'"
    condition = build.condition(query=query, loss_of_signal=build.loss_of_signal(after_seconds=900))
    (found,) = findings(CHECK, condition, build.ping(name="Health", period="EVERY_15_MINUTES"))
    assert (
        found.message
        == "Silence counts from 900 s on, and points come every 900 s: one that is late makes the signal lost."
    )
    assert found.advice == "Use after_seconds=1800 or more."
