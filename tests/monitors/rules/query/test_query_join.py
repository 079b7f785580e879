"""query/join: a condition's query has a JOIN, which New Relic refuses."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.join import CHECK

FAULTY = "FROM SkillExecution JOIN (FROM RolloutChange SELECT count(*) FACET reason) ON reason SELECT count(*)"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            ("FROM SkillExecution JOIN (FROM RolloutChange SELECT count(*) FACET reason) ON reason SELECT count(*)"),
            ["JOIN (FROM RolloutChange SELECT count(*) FACET reason) ON reason"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "A condition's query has no JOIN: New Relic refuses it, as it refuses the subquery in it."
    assert found.advice == (
        "Put the attribute that is joined on the events themselves, or watch the two in two conditions."
    )


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
