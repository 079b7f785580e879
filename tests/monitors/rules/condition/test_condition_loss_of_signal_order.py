"""condition/loss-of-signal-order: loss of signal closes incidents just before it opens one."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.loss_of_signal_order import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal(close_incidents=True)
            ),
            (
                "Silence first closes what is open and then opens an incident of its own: an "
                "outage that ends in silence is told as recovered, and told again."
            ),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal()),
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
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
            query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal(close_incidents=True)
        ),
    )
    assert found.advice == "Leave close_incidents out; the incident by silence closes when data return."
