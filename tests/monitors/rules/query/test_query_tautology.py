"""query/tautology: exclusions are joined with OR, so that they leave nothing out."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.tautology import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE model != 'opus' OR model != 'haiku'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            "FROM SkillExecution SELECT count(*) WHERE model != 'opus' OR model != 'haiku'",
            ["model != 'opus' OR model != 'haiku'"],
        ),
        (
            "FROM SkillExecution SELECT count(*) WHERE model = 'opus' OR model != 'opus'",
            ["model = 'opus' OR model != 'opus'"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE model != 'opus' AND model != 'haiku'",
        "FROM SkillExecution SELECT count(*) WHERE model = 'opus' OR model = 'haiku'",
        "FROM SkillExecution SELECT count(*) WHERE model != 'opus' OR task != 'draft'",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "model != 'opus' OR model != 'haiku' is true of every row that has model: it leaves nothing out."
    )
    assert found.advice == "Join exclusions with AND, or write model NOT IN (...)."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
