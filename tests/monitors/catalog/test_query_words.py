"""The reader of queries finds what is wrong: a check that nothing fails would prove nothing."""

from __future__ import annotations

import pytest
from query_words import faults


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("FROM Metric SELECT sum(`Custom/Skills/Executions`)", "Custom/Skills/Executions is no metric"),
        ("FROM SkillRun SELECT count(*)", "SkillRun is no event type"),
        ("FROM SkillExecution SELECT average(duration)", "SkillExecution has no duration"),
        ("FROM Metric SELECT max(`Custom/Service/Health`) FACET skillId", "Metric has no skillId"),
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`), sum(`Custom/Cost/RequestCost`) FACET outcome",
            "Metric has no outcome",
        ),
        ("FROM SkillExecution SELECT count(*) WHERE env = 'production'", "env is never production"),
        ("FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) WHERE outcome != 'ok'", "outcome is never ok"),
        (
            "FROM Metric SELECT sum(`Custom/Cost/TokensUsed`) WHERE tokenKind IN ('input', 'cached')",
            "tokenKind is never cached",
        ),
        (
            "FROM Metric SELECT percentile(`Custom/Skills/ExecutionTime`, 95)",
            "percentile() of Custom/Skills/ExecutionTime, which is a distribution",
        ),
        ("FROM Metric SELECT sum(`Custom/Service/Health`)", "sum() of Custom/Service/Health, which is a gauge"),
    ],
)
def test_a_query_that_names_what_nothing_emits_is_found(query: str, fault: str) -> None:
    assert list(faults(query)) == [fault]


def test_labels_texts_and_variables_are_not_taken_for_names() -> None:
    query = (
        "FROM SkillExecution SELECT count(*) AS 'Whole count' WHERE env = 'prod' AND skillId IN ({{skill}}) FACET model"
    )
    assert list(faults(query)) == []
