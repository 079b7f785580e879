"""catalogue/senseless-function: a function has to suit the kind of its metric, and the type of its attribute."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages, pointed

from monitors.rules.catalogue.senseless_function import CHECK


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            "percentile(`Custom/Skills/ExecutionTime`, 95)",
            "percentile() makes no sense of Custom/Skills/ExecutionTime, which is a distribution.",
        ),
        ("sum(`Custom/Service/Health`)", "sum() makes no sense of Custom/Service/Health, which is a gauge."),
        (
            "average(`Custom/Skills/ExecutionCount`)",
            "average() makes no sense of Custom/Skills/ExecutionCount, which is a count.",
        ),
        (
            "count(`Custom/Skills/ExecutionCount`)",
            "count() makes no sense of Custom/Skills/ExecutionCount, which is a count.",
        ),
    ],
)
def test_a_function_that_does_not_suit_the_metrics_kind_is_pointed_at(call: str, message: str) -> None:
    assert messages(CHECK, build.condition(query=f"FROM Metric SELECT {call}")) == [message]
    assert pointed(CHECK, build.condition(query=f"FROM Metric SELECT {call}")) == [call]


def test_a_percentile_is_sent_to_the_event_that_holds_every_value() -> None:
    (found,) = findings(
        CHECK, build.condition(query="FROM Metric SELECT percentile(`Custom/Skills/ExecutionTime`, 95)")
    )
    assert found.advice.endswith("such as percentile(executionTime, 95) from SkillExecution.")


def test_a_sum_of_texts_is_found() -> None:
    assert messages(CHECK, build.condition(query="FROM SkillExecution SELECT sum(model)")) == [
        "sum() needs numbers, and model is a text."
    ]


@pytest.mark.parametrize(
    "query",
    [
        "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`), average(`Custom/Skills/ExecutionTime`)",
        "FROM Metric SELECT max(`Custom/Service/Health`), latest(`Custom/Service/MemoryUsed`)",
        "FROM Metric SELECT rate(sum(`Custom/Skills/ExecutionCount`), 1 minute)",
        "FROM SkillExecution SELECT percentile(executionTime, 95), uniqueCount(model), latest(errorKind)",
    ],
)
def test_a_function_that_suits_is_fine(query: str) -> None:
    assert messages(CHECK, build.chart(queries=(query,))) == []
