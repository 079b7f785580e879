"""condition/fill-beyond-expiration: a gap filling ends before it is of use."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.fill_beyond_expiration import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(duration_seconds=600),
                signal=spec.Signal(fill=spec.Fill(option="last_value")),
                loss_of_signal=build.loss_of_signal(),
            ),
            (
                "Gaps are filled for 180 s, loss_of_signal.after_seconds, and the threshold "
                "takes 600 s: the fill ends before it."
            ),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(duration_seconds=7200),
                signal=spec.Signal(window_seconds=7200, fill=spec.Fill(option="last_value")),
            ),
            (
                "One empty window of 7200 s is two hours of silence, after which New Relic "
                "drops the signal's history: there is nothing left to fill from."
            ),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(
            query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(fill=spec.Fill(option="last_value"))
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(duration_seconds=120),
            signal=spec.Signal(fill=spec.Fill(option="last_value")),
            loss_of_signal=build.loss_of_signal(),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(duration_seconds=600),
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
            critical=build.threshold(duration_seconds=600),
            signal=spec.Signal(fill=spec.Fill(option="last_value")),
            loss_of_signal=build.loss_of_signal(),
        ),
    )
    assert found.advice == "Give loss_of_signal at least 600 s, or leave the fill out."
