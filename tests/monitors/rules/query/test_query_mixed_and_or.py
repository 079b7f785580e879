"""query/mixed-and-or: aND and OR stand side by side without parentheses."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.mixed_and_or import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE env = 'prod' AND outcome = 'error' OR outcome = 'timeout'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            ("FROM SkillExecution SELECT count(*) WHERE env = 'prod' AND outcome = 'error' OR outcome = 'timeout'"),
            ["env = 'prod' AND outcome = 'error' OR outcome = 'timeout'"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        ("FROM SkillExecution SELECT count(*) WHERE env = 'prod' AND (outcome = 'error' OR outcome = 'timeout')"),
        ("FROM SkillExecution SELECT count(*) WHERE (env = 'prod' AND outcome = 'error') OR outcome = 'timeout'"),
        "FROM SkillExecution SELECT count(*) WHERE env = 'prod' OR env = 'staging'",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "AND binds before OR: rows that meet outcome = 'timeout' are taken whatever the rest says."
    )
    assert found.advice == "Put the part that is meant as one in parentheses."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
