"""The checks that the catalogue's tests lean on find what is wrong: a check that nothing fails would prove nothing."""

from __future__ import annotations

import pytest
from query_faults import faults


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        (
            "FROM Metric SELECT sum(`Custom/Skills/Executions`)",
            "Nothing emits the metric Custom/Skills/Executions: the query would give no value, ever.",
        ),
        (
            "FROM SkillRun SELECT count(*)",
            "Nothing records the event type SkillRun: the query would find no row, ever.",
        ),
        ("FROM SkillExecution SELECT average(duration)", "SkillExecution has no attribute duration."),
        (
            "FROM Metric SELECT max(`Custom/Service/Health`) FACET skillId",
            "Custom/Service/Health has no attribute skillId.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`), sum(`Custom/Cost/RequestCost`) FACET outcome",
            "Custom/Cost/RequestCost has no attribute outcome.",
        ),
        (
            "FROM SkillExecution SELECT count(*) WHERE env = 'production'",
            "This is met by no row: env is never 'production'.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) WHERE outcome != 'ok'",
            "This is met by every row: outcome is never 'ok'.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Cost/TokensUsed`) WHERE tokenKind IN ('input', 'cached')",
            "This is met by no row: tokenKind is never 'cached'.",
        ),
        (
            "FROM Metric SELECT percentile(`Custom/Skills/ExecutionTime`, 95)",
            "percentile() makes no sense of Custom/Skills/ExecutionTime, which is a distribution.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Service/Health`)",
            "sum() makes no sense of Custom/Service/Health, which is a gauge.",
        ),
        ("FROM Metric SELECT sum(", "The query cannot be read at column 24: the query ends too early."),
    ],
)
def test_a_query_that_names_what_nothing_emits_is_found(query: str, fault: str) -> None:
    assert faults(query) == [fault]


def test_labels_texts_and_variables_are_not_taken_for_names() -> None:
    query = (
        "FROM SkillExecution SELECT count(*) AS 'Whole count' WHERE env = 'prod' AND skillId IN ({{skill}}) FACET model"
    )
    assert faults(query) == []
