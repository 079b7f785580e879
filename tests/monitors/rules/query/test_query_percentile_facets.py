"""query/percentile-facets: a condition takes a percentile of every facet, which may fail with many of them."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.percentile_facets import CHECK

FAULTY = "FROM SkillExecution SELECT percentile(executionTime, 95) FACET skillId"


def test_the_percentile_is_pointed_at() -> None:
    assert pointed(CHECK, build.condition(query=FAULTY)) == ["percentile(executionTime, 95)"]


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT percentile(executionTime, 95)",
        "FROM SkillExecution SELECT average(executionTime) FACET skillId",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "New Relic says that percentile() may fail in a condition with many facets; an alert that fails is silent."
    )
    assert found.advice == "Leave FACET out, or narrow it by WHERE to a few facets."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
