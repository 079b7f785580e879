"""condition/warning-never-seen: a warning threshold reaches nobody."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.warning_never_seen import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(query="FROM SkillExecution SELECT count(*)", warning=build.threshold(value=3)),
            (
                'The warning above 3 opens HIGH issues, and every workflow of policy "page" '
                "for SEV1 takes CRITICAL alone: nobody hears of it."
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
            query="FROM SkillExecution SELECT count(*)", warning=build.threshold(value=3), severity=spec.Severity.SEV3
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)"),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK, build.condition(query="FROM SkillExecution SELECT count(*)", warning=build.threshold(value=3))
    )
    assert found.advice == ("Leave the warning out, or declare it as a condition of its own with a milder severity.")
