"""condition/loss-of-signal-facets: facets that come and go each open an incident by silence."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.loss_of_signal_facets import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*) FACET model", loss_of_signal=build.loss_of_signal()
            ),
            (
                "Every value of model is a signal of its own, and one that ends for good, such "
                "as an instance that is replaced, opens an incident."
            ),
        ),
        (
            build.condition(
                query="FROM Metric SELECT max(`Custom/Service/Health`) FACET instance",
                loss_of_signal=build.loss_of_signal(),
            ),
            (
                "Every value of instance is a signal of its own, and one that ends for good, "
                "such as an instance that is replaced, opens an incident."
            ),
        ),
        (
            build.condition(
                query="FROM SkillExecution SELECT count(*) FACET CASES(WHERE cost > 1)",
                loss_of_signal=build.loss_of_signal(),
            ),
            (
                "Every value of FACET CASES(WHERE cost > 1) is a signal of its own, and one "
                "that ends for good, such as an instance that is replaced, opens an incident."
            ),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(query="FROM SkillExecution SELECT count(*) FACET model"),
        build.condition(query="FROM SkillExecution SELECT count(*)", loss_of_signal=build.loss_of_signal()),
        build.condition(
            query="FROM Metric SELECT max(`Custom/Service/Health`) FACET component",
            loss_of_signal=build.loss_of_signal(),
        ),
        build.condition(
            query="FROM SkillExecution SELECT count(*) FACET model",
            loss_of_signal=build.loss_of_signal(open_incident=False, close_incidents=True),
        ),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(
        CHECK,
        build.condition(query="FROM SkillExecution SELECT count(*) FACET model", loss_of_signal=build.loss_of_signal()),
    )
    assert found.advice == "Leave FACET out of the alert on silence, or facet by what is always there."
