"""condition/equals-threshold: a measured value is compared for equality."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.equals_threshold import CHECK
from service.metrics import Unit


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT average(executionTime)",
                critical=build.threshold(operator=spec.Operator.EQUALS, value=5000),
            ),
            (
                "A measured value is hardly ever exactly 5000: equal to 5000 is next to never "
                "true. EQUALS is the provider's default."
            ),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT average(executionTime)",
                critical=build.threshold(operator=spec.Operator.NOT_EQUALS, value=5000),
            ),
            (
                "A measured value is hardly ever exactly 5000: not equal to 5000 is nearly "
                "always true. EQUALS is the provider's default."
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
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(operator=spec.Operator.EQUALS, value=3),
        ),
        build.condition(
            query="FROM Metric SELECT max(`Custom/Service/Health`)",
            critical=build.threshold(operator=spec.Operator.EQUALS, value=0),
            unit=Unit.ONE,
        ),
        build.condition(
            query="FROM SkillExecution SELECT average(executionTime)", critical=build.threshold(value=5000)
        ),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT average(executionTime)",
            critical=build.threshold(operator=spec.Operator.EQUALS, value=5000),
        ),
    )
    assert found.advice == "Use Operator.ABOVE, BELOW, ABOVE_OR_EQUALS or BELOW_OR_EQUALS."
