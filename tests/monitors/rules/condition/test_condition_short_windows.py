"""condition/short-windows: short or much overlapping windows multiply what New Relic evaluates and bills."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.short_windows import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=30)),
            "A value comes every 30 s for each facet, 2,880 a day.",
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=3600, slide_seconds=30)
            ),
            "A value comes every 30 s for each facet, 2,880 a day.",
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=7080, slide_seconds=60)
            ),
            "Each point is counted in 118 windows: the window is 7080 s, the slide 60 s.",
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(
            query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=3600, slide_seconds=60)
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)"),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK, build.condition(query="FROM SkillExecution SELECT count(*)", signal=spec.Signal(window_seconds=30))
    )
    assert found.advice == "Use 60 s, unless 30 s of earlier notice are worth twice the data points."
