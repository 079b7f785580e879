"""condition/thresholds-oppose: the warning and the critical threshold look to opposite sides."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.thresholds_oppose import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(value=90),
                warning=build.threshold(operator=spec.Operator.BELOW, value=10),
            ),
            ("Critical is above 90 and the warning below 10: it does not come before the other."),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(operator=spec.Operator.BELOW, value=10),
                warning=build.threshold(operator=spec.Operator.ABOVE, value=90),
            ),
            ("Critical is below 10 and the warning above 90: it does not come before the other."),
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
            critical=build.threshold(value=90),
            warning=build.threshold(value=80),
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)", critical=build.threshold(value=90)),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(value=90),
            warning=build.threshold(operator=spec.Operator.BELOW, value=10),
        ),
    )
    assert found.advice == "Turn one of them round, or declare two conditions."
