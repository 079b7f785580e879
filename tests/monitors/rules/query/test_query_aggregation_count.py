"""query/aggregation-count: a condition's query gives no number, or more than one."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.aggregation_count import CHECK

FAULTY = "FROM SkillExecution SELECT count(*), average(cost)"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*), average(cost)", ["average(cost)"]),
        ("FROM SkillExecution SELECT *", ["*"]),
        ("FROM SkillExecution SELECT executionTime", ["executionTime"]),
        ("FROM SkillExecution SELECT sum(cost) / baselineCost", ["baselineCost"]),
        ("FROM SkillExecution SELECT uniques(model)", ["uniques(model)"]),
        ("FROM SkillExecution SELECT percentile(executionTime, 50, 95)", ["percentile(executionTime, 50, 95)"]),
        ("FROM SkillExecution SELECT count(*) > 5", ["count(*) > 5"]),
        ("SHOW EVENT TYPES", ["SHOW EVENT TYPES"]),
        ("FROM SkillExecution SELECT 5", ["5"]),
        ("FROM SkillExecution SELECT concat(latest(model), 'x')", ["concat(latest(model), 'x')"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*)",
        "FROM SkillExecution SELECT percentile(executionTime, 95)",
        "FROM SkillExecution SELECT percentile(executionTime)",
        "FROM SkillExecution SELECT filter(count(*), WHERE model = 'opus') / count(*) * 100",
        "FROM SkillExecution SELECT apdex(executionTime, t: 0.5)",
        ("SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n, average(cost) FACET model)"),
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "A condition compares exactly one number with its threshold, and this query gives 2: count(*), average(cost)."
    )
    assert found.advice == "Keep one, or declare a condition for each."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
