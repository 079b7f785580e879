"""condition/short-delay: a delay is shorter than the time between two batches of data."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.short_delay import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.EventFlow(delay_seconds=30))
            ),
            (
                "Points that arrive 30 s after newer ones are left out of their window: agents "
                "send in batches, up to a minute apart."
            ),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.Cadence(delay_seconds=0))
            ),
            (
                "Points that arrive 0 s after newer ones are left out of their window: agents "
                "send in batches, up to a minute apart. New Relic's provider also never "
                "applies 0 over an earlier 120."
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
            query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.EventFlow(delay_seconds=60))
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.EventTimer(timer_seconds=30))
        ),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.EventFlow(delay_seconds=30))
        ),
    )
    assert found.advice == (
        "Use 120, New Relic's default, or measure how late points are and silence this with the figure."
    )
