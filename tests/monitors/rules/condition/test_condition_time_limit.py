"""condition/time-limit: incidents are closed by force sooner than the duration."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.time_limit import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(duration_seconds=3600),
                violation_time_limit_seconds=600,
            ),
            (
                "After 600 s the incident is closed by force, and critical takes 3600 s: what "
                "still breaches opens and closes again and again."
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
            critical=build.threshold(duration_seconds=3600),
            violation_time_limit_seconds=3600,
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)"),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(duration_seconds=3600),
            violation_time_limit_seconds=600,
        ),
    )
    assert found.advice == "Leave it out, which gives three days, or make it longer than the duration."
