"""query/limit: a condition's query has LIMIT or OFFSET, which New Relic refuses."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.limit import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) FACET model LIMIT 5"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) FACET model LIMIT 5", ["LIMIT 5"]),
        ("FROM SkillExecution SELECT count(*) FACET model LIMIT MAX OFFSET 3", ["LIMIT MAX", "OFFSET 3"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) FACET model",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "A condition's query has no LIMIT: New Relic refuses LIMIT 5."
    assert found.advice == "Take it out; narrow the facets with WHERE where not all are meant."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
