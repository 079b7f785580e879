"""condition/static-fill-silence: a static fill is to page about silence, which it cannot."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.static_fill_silence import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(operator=spec.Operator.BELOW, value=1),
                signal=spec.Signal(fill=spec.Fill(option="static", value=0.0)),
            ),
            (
                "The fill 0 breaches critical, below 1, and gaps are filled only once a later "
                "point arrives: a source that stays silent never opens it."
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
            critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            signal=spec.Signal(fill=spec.Fill(option="static", value=0.0)),
            loss_of_signal=build.loss_of_signal(),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(value=5),
            signal=spec.Signal(fill=spec.Fill(option="static", value=0.0)),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            signal=spec.Signal(fill=spec.Fill(option="last_value")),
        ),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(operator=spec.Operator.BELOW, value=1),
            signal=spec.Signal(fill=spec.Fill(option="static", value=0.0)),
        ),
    )
    assert found.advice == "Give loss_of_signal with open_incident=True; that is what silence is told by."
