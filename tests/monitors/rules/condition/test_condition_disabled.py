"""condition/disabled: a condition is switched off."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.disabled import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(query="FROM SkillExecution SELECT count(*)", enabled=False),
            ("The condition is switched off: it looks like an alert, and nobody is told of anything."),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT count(*)"),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM SkillExecution SELECT count(*)", enabled=False))
    assert found.advice == "Switch it on, delete it, or silence this with the date on which it comes back."
