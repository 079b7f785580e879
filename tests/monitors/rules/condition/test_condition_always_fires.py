"""condition/always-fires: a threshold is breached by every value that the query can give."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.always_fires import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
                critical=build.threshold(operator=spec.Operator.BELOW, value=150),
            ),
            "The value is 0 to 100, so that below 150 is open whenever there are data.",
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(operator=spec.Operator.ABOVE_OR_EQUALS, value=0),
            ),
            "The value is 0 or more, so that at or above 0 is open whenever there are data.",
        ),
        (
            build.condition(
                query="FROM Metric SELECT max(`Custom/Service/Health`)",
                critical=build.threshold(operator=spec.Operator.NOT_EQUALS, value=2),
            ),
            "The value is 0 to 1, so that not equal to 2 is open whenever there are data.",
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT count(*)", critical=build.threshold(value=0)),
        build.condition(
            query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=100),
        ),
        build.condition(query="FROM SkillExecution SELECT average(unknownThing)", critical=build.threshold(value=-5)),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=150),
        ),
    )
    assert found.advice == "Give a threshold within that range."
