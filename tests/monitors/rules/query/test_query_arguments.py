"""query/arguments: a function is given an aggregate where it takes values of rows, or the other way round."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.arguments import CHECK

FAULTY = "FROM SkillExecution SELECT average(count(*))"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT average(count(*))", ["count(*)"]),
        ("FROM SkillExecution SELECT filter(executionTime, WHERE model = 'opus')", ["executionTime"]),
        ("FROM SkillExecution SELECT sum(*)", ["*"]),
        ("FROM SkillExecution SELECT percentage(cost, WHERE model = 'opus')", ["cost"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT filter(count(*), WHERE model = 'opus')",
        "FROM SkillExecution SELECT rate(count(*), 1 minute)",
        "FROM SkillExecution SELECT percentage(count(*), WHERE model = 'opus')",
        "FROM SkillExecution SELECT average(cost * 2)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "average() takes values of rows, and count(*) is an aggregate itself."
    assert found.advice == (
        "Keep one of the two, or nest the aggregation: a query in FROM, faceted, with a label to take."
    )


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
