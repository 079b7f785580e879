"""query/regex: a regular expression is not RE2's, which New Relic reads it by."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.regex import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE skillId RLIKE r'^(?!none).*'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) WHERE skillId RLIKE r'^(?!none).*'", ["r'^(?!none).*'"]),
        ("FROM SkillExecution SELECT count(*) WHERE skillId RLIKE r'(a'", ["r'(a'"]),
        ("FROM SkillExecution SELECT count(*) WHERE skillId RLIKE r'(a)\\1'", ["r'(a)\\1'"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE skillId RLIKE r'^none.*'",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "The regular expression ^(?!none).* is not RE2's, which New Relic reads it by: it has no look-ahead (?!."
    )
    assert found.advice == ("Write it without; what look-ahead excludes, a second condition with NOT RLIKE does too.")


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
