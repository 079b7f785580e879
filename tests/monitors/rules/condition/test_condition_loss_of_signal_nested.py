"""condition/loss-of-signal-nested: a nested query has a loss of signal, which New Relic does not offer there."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.loss_of_signal_nested import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model)",
                loss_of_signal=build.loss_of_signal(),
            ),
            ("The query nests another in FROM, and New Relic has no loss of signal for such a condition."),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model)"),
        build.condition(query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal()),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(
            query="SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model)",
            loss_of_signal=build.loss_of_signal(),
        ),
    )
    assert found.advice == ("Leave loss_of_signal out, and declare a condition of its own on the inner query's data.")
