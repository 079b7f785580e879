"""condition/expected-termination: an expected termination is asked of a query without an entity."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.expected_termination import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*)",
                loss_of_signal=build.loss_of_signal(ignore_expected_termination=True),
            ),
            (
                "The query names no entity, and only an entity can be expected to end: by its "
                "tag termination: expected, or a host that was shut down."
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
            query="FROM SystemSample SELECT average(cpuPercent) FACET hostname",
            loss_of_signal=build.loss_of_signal(ignore_expected_termination=True),
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal()),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="FROM SkillExecution SELECT count(*)",
            loss_of_signal=build.loss_of_signal(ignore_expected_termination=True),
        ),
    )
    assert found.advice == "Leave ignore_expected_termination out, or FACET by entity.guid."
