"""query/senseless-comparison: a comparison is the same for every row: with itself, of two constants, or with NULL."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.senseless_comparison import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE 'env' = 'prod'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) WHERE 'env' = 'prod'", ["'env' = 'prod'"]),
        ("FROM SkillExecution SELECT count(*) WHERE model = model", ["model = model"]),
        ("FROM SkillExecution SELECT count(*) WHERE errorKind != NULL", ["errorKind != NULL"]),
        ("FROM SkillExecution SELECT filter(count(*), WHERE 1 = 1)", ["1 = 1"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE env = 'prod' AND errorKind IS NOT NULL",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "'env' = 'prod' compares two constants, so that it is the same for every row."
    assert found.advice == "Single quotes make a text; write env for the attribute."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
