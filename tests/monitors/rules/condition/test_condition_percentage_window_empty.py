"""condition/percentage-window-empty."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.percentage_window_empty import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
                signal=spec.Signal(method=spec.EventTimer()),
            ),
            "A window in which nothing came has no share, and the 300 s begin anew with it.",
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT filter(count(*), WHERE success IS FALSE) / count(*) * 100",
                signal=spec.Signal(method=spec.EventTimer()),
            ),
            "A window in which nothing came has no share, and the 300 s begin anew with it.",
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)"),
        build.condition(
            query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
            signal=spec.Signal(window_seconds=300, method=spec.EventTimer(timer_seconds=300)),
        ),
        build.condition(
            query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
            signal=spec.Signal(method=spec.EventTimer(), fill=spec.Fill(option="last_value")),
        ),
        build.condition(
            query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
            critical=build.threshold(occurrences=spec.Occurrences.AT_LEAST_ONCE),
            signal=spec.Signal(method=spec.EventTimer()),
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.EventTimer())),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT percentage(count(*), WHERE success IS FALSE)",
            signal=spec.Signal(method=spec.EventTimer()),
        ),
    )
    assert found.advice == (
        'Fill gaps with Fill(option="last_value"), take a window as long as the duration, or one occurrence.'
    )
