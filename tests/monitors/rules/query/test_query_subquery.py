"""query/subquery: a condition's query has a subquery in WHERE or SELECT, which New Relic refuses."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.subquery import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE model IN (FROM SkillExecution SELECT uniques(model))"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            ("FROM SkillExecution SELECT count(*) WHERE model IN (FROM SkillExecution SELECT uniques(model))"),
            ["FROM SkillExecution SELECT uniques(model)"],
        ),
        (
            ("FROM SkillExecution SELECT count(*) WHERE cost > (FROM SkillExecution SELECT average(cost))"),
            ["FROM SkillExecution SELECT average(cost)"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE model IN ('opus', 'haiku')",
        "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "A condition's query has a subquery outside FROM, which New Relic refuses."
    assert found.advice == "Write the values out, or nest the aggregation: FROM (SELECT ... FACET ...)."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
