"""query/forbidden-function: a condition's query has a function that New Relic refuses there."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.forbidden_function import CHECK

FAULTY = "FROM SkillExecution SELECT histogram(executionTime, 1000)"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT histogram(executionTime, 1000)", ["histogram"]),
        ("FROM Metric SELECT cardinality()", ["cardinality"]),
        ("FROM Log SELECT bytecountestimate()", ["bytecountestimate"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT percentile(executionTime, 95)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "New Relic refuses histogram() in a condition."
    assert found.advice == "Alert on one number of the distribution, such as percentile(attribute, 95)."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
