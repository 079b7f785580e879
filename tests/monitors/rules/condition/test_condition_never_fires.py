"""condition/never-fires: a threshold is out of reach of every value that the query can give."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.never_fires import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(operator=spec.Operator.EQUALS, value=0),
            ),
            ("A count is never 0 here: where nothing is counted there is no value at all, and equal to 0 never opens."),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT uniqueCount(model)",
                critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            ),
            ("A count is never 0 here: where nothing is counted there is no value at all, and below 1 never opens."),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
                critical=build.threshold(value=150),
            ),
            "The value is 0 to 100, so that above 150 never opens.",
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT filter(count(*), WHERE success IS FALSE) / count(*)",
                critical=build.threshold(value=5),
            ),
            "The value is 0 to 1, so that above 5 never opens.",
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT average(executionTime)",
                critical=build.threshold(operator=spec.Operator.BELOW, value=0),
            ),
            "The value is 0 or more, so that below 0 never opens.",
        ),
        (
            build.condition(query="FROM Metric SELECT max(`Custom/Service/Health`)", critical=build.threshold(value=1)),
            "The value is 0 to 1, so that above 1 never opens.",
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(operator=spec.Operator.EQUALS, value=2.5),
            ),
            "The value is 1 or more, so that equal to 2.5 never opens.",
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(
            query="FROM SkillExecution SELECT count(*)", critical=build.threshold(operator=spec.Operator.BELOW, value=5)
        ),
        build.condition(
            query="FROM SkillExecution SELECT filter(count(*), WHERE success IS FALSE)",
            critical=build.threshold(operator=spec.Operator.EQUALS, value=0),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            loss_of_signal=build.loss_of_signal(),
        ),
        build.condition(
            query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
            critical=build.threshold(value=99),
        ),
        build.condition(
            query="FROM SkillExecution SELECT average(tokenSavings)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=-100),
        ),
        build.condition(
            query="FROM SkillExecution SELECT average(unknownThing)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=-100),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            signal=spec.Signal(fill=spec.Fill(option="static", value=0.0)),
        ),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT filter(count(*), WHERE success IS FALSE) / count(*)",
            critical=build.threshold(value=5),
        ),
    )
    assert found.advice == "Give a threshold that can be reached, in the unit of the query."
