"""condition/short-timer: a timer is shorter than the window, and closes it early."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.short_timer import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                signal=spec.Signal(window_seconds=300, method=spec.EventTimer(timer_seconds=60)),
            ),
            (
                "The timer of 60 s is shorter than the window of 300 s: a pause of that length "
                "closes the window before it is over, and later points are left out."
            ),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(duration_seconds=3600),
                signal=spec.Signal(window_seconds=3600, method=spec.EventTimer(timer_seconds=1199)),
            ),
            (
                "The timer of 1199 s is shorter than the window of 3600 s: a pause of that "
                "length closes the window before it is over, and later points are left out."
            ),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(method=spec.EventTimer())),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(duration_seconds=3600),
            signal=spec.Signal(window_seconds=3600, method=spec.EventTimer(timer_seconds=1200)),
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=300)),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            signal=spec.Signal(window_seconds=300, method=spec.EventTimer(timer_seconds=60)),
        ),
    )
    assert found.advice == "Use timer_seconds=300."
