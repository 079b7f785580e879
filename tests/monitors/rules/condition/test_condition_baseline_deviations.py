"""condition/baseline-deviations: a baseline's threshold is no sensible number of standard deviations."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.baseline_deviations import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(value=500),
                baseline=build.baseline(),
            ),
            ("500 standard deviations hardly ever come; a baseline's threshold is in no other unit."),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(value=1),
                baseline=build.baseline(),
            ),
            ("1 standard deviations are passed by chance alone, one normal window in twenty or more."),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(
            query="FROM SkillExecution SELECT count(*)", critical=build.threshold(value=3), baseline=build.baseline()
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)", critical=build.threshold(value=500)),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)", critical=build.threshold(value=500), baseline=build.baseline()
        ),
    )
    assert found.advice == "Use 2 to 10; 3 is usual."
