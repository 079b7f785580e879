"""query/aggregate-in-where: WHERE has an aggregate, and looks at single rows."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.aggregate_in_where import CHECK


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) WHERE count(*) > 5", ["count(*)"]),
        (
            "FROM SkillExecution SELECT count(*) WHERE env = 'prod' AND (max(cost) > 1 OR min(cost) < 0)",
            ["max(cost)", "min(cost)"],
        ),
        ("FROM SkillExecution SELECT filter(count(*), WHERE average(cost) > 5)", ["average(cost)"]),
        (
            "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n WHERE sum(cost) > 1 FACET model)",
            ["sum(cost)"],
        ),
    ],
)
def test_each_aggregate_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE length(skillId) > 5",
        "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model) WHERE n > 5",
        "FROM SkillExecution SELECT count(*) WHERE skillId IN (FROM SkillExecution SELECT uniques(skillId))",
    ],
)
def test_functions_of_rows_and_other_queries_are_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM SkillExecution SELECT count(*) WHERE count(*) > 5"))
    assert found.message == "WHERE looks at single rows, and count(*) is made of many."
    assert found.advice == (
        "Compare it in the threshold, or nest the query: SELECT ... FROM (SELECT ... AS n ...) WHERE n > ..."
    )
