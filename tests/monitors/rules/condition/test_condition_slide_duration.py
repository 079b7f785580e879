"""condition/slide-duration."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.slide_duration import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=3600, slide_seconds=300)
            ),
            (
                "300 s is a multiple of the slide of 300 s and not of the window of 3600 s; "
                "the provider's text asks for the window, New Relic's own examples use the "
                "slide."
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
            signal=spec.Signal(window_seconds=3600, slide_seconds=300),
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
            query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=3600, slide_seconds=300)
        ),
    )
    assert found.advice == "Silence this where an account took it, or use 3600 s."
