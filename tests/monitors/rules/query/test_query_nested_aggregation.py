"""query/nested-aggregation: a condition's nested aggregation has no inner FACET, or reads metric timeslice data."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.nested_aggregation import CHECK

FAULTY = "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n)"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n)", ["FROM SkillExecution SELECT count(*) AS n"]),
        (("SELECT max(n) FROM (FROM Metric SELECT average(apm.service.cpu) AS n FACET appName)"), ["apm.service.cpu"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model)",
        "FROM SkillExecution SELECT count(*)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "The inner query has no FACET, and New Relic takes nested aggregation in a condition only with one."
    )
    assert found.advice == "Facet the inner query by what it groups, or write the query without nesting."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
