"""condition/duration-longer-than-expiration: a gap that is shorter than the duration closes the incident."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.duration_longer_than_expiration import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                critical=build.threshold(duration_seconds=3600),
                loss_of_signal=build.loss_of_signal(open_incident=False, close_incidents=True),
            ),
            (
                "A gap of 180 s closes the incident and ends the signal, and critical takes "
                "3600 s without a gap to open it again."
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
            loss_of_signal=build.loss_of_signal(),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            critical=build.threshold(duration_seconds=120),
            loss_of_signal=build.loss_of_signal(open_incident=False, close_incidents=True),
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
            critical=build.threshold(duration_seconds=3600),
            loss_of_signal=build.loss_of_signal(open_incident=False, close_incidents=True),
        ),
    )
    assert found.advice == "Give loss_of_signal.after_seconds at least 3600, or a shorter duration."
