"""condition/null-not-zero: a low count opens the alert, and none at all does not."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.null_not_zero import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(operator=spec.Operator.BELOW, value=10),
            ),
            ("Below 10 opens at 1, and not when nothing comes at all: a count of nothing has no value."),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT uniqueCount(model)",
                critical=build.threshold(operator=spec.Operator.BELOW_OR_EQUALS, value=2),
            ),
            ("At or below 2 opens at 1, and not when nothing comes at all: a count of nothing has no value."),
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
            critical=build.threshold(operator=spec.Operator.BELOW, value=10),
            loss_of_signal=build.loss_of_signal(),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)", critical=build.threshold(operator=spec.Operator.BELOW, value=1)
        ),
        build.condition(
            query="FROM SkillExecution SELECT filter(count(*), WHERE model = 'opus')",
            critical=build.threshold(operator=spec.Operator.BELOW, value=10),
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)", critical=build.threshold(value=10)),
        build.condition(  # condition/always-fires speaks of it
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(operator=spec.Operator.ABOVE_OR_EQUALS, value=0),
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
            critical=build.threshold(operator=spec.Operator.BELOW, value=10),
        ),
    )
    assert found.advice == ("Give loss_of_signal with open_incident=True as well, or use filter(count(*), WHERE ...).")
