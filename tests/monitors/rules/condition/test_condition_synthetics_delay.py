"""condition/synthetics-delay: a condition on synthetic checks does not wait for late results."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.synthetics_delay import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SyntheticCheck SELECT filter(count(*), WHERE result = 'FAILED')",
                signal=spec.Signal(method=spec.EventTimer(timer_seconds=60)),
            ),
            (
                "Results of synthetic checks arrive up to minutes late, and timer_seconds 60 "
                "leaves the late ones out: most often failures, which take longest."
            ),
        ),
        (
            build.condition(query="FROM SyntheticRequest SELECT average(duration)"),
            (
                "Results of synthetic checks arrive up to minutes late, and delay_seconds 120 "
                "leaves the late ones out: most often failures, which take longest."
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
            query="FROM SyntheticCheck SELECT average(duration)",
            signal=spec.Signal(method=spec.EventTimer(timer_seconds=300)),
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
            query="FROM SyntheticCheck SELECT filter(count(*), WHERE result = 'FAILED')",
            signal=spec.Signal(method=spec.EventTimer(timer_seconds=60)),
        ),
    )
    assert found.advice == "Use timer_seconds=300 or more."
