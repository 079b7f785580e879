"""condition/cadence-method: cadence is New Relic's older method."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.cadence_method import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.Cadence())),
            ("Cadence closes windows by the clock, whatever has arrived, and is New Relic's older method."),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT count(*)"),
        build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.EventTimer())),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK, build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.Cadence()))
    )
    assert found.advice == "Use EventFlow() for steady data, EventTimer() for what comes seldom."
