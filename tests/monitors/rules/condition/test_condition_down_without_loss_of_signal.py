"""condition/down-without-loss-of-signal: an alert on something being down stays silent when it is gone."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.down_without_loss_of_signal import CHECK
from service.metrics import Unit


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM Metric SELECT max(`Custom/Service/Health`)",
                critical=build.threshold(operator=spec.Operator.BELOW, value=1),
                unit=Unit.ONE,
            ),
            (
                "critical opens when the value is down to 1, and a source that is gone reports "
                "none: without points nothing is evaluated."
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
            query="FROM Metric SELECT max(`Custom/Service/Health`)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            unit=Unit.ONE,
            loss_of_signal=build.loss_of_signal(),
        ),
        build.condition(
            query="FROM Metric SELECT max(`Custom/Service/Health`)", critical=build.threshold(value=0), unit=Unit.ONE
        ),
        build.condition(
            query="FROM SkillExecution SELECT average(savingsPercent)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=35),
            unit=Unit.PERCENT,
        ),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM Metric SELECT max(`Custom/Service/Health`)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            unit=Unit.ONE,
        ),
    )
    assert found.advice == "Give loss_of_signal with open_incident=True."
