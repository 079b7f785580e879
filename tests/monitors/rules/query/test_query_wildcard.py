"""query/wildcard: a comparison has a wildcard that is none, or none where a part of the value is likely meant."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.wildcard import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE skillId = 'contract%'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) WHERE skillId = 'contract%'", ["skillId = 'contract%'"]),
        ("FROM SkillExecution SELECT count(*) WHERE skillId LIKE 'contract'", ["skillId LIKE 'contract'"]),
        ("FROM SkillExecution SELECT count(*) WHERE skillId RLIKE r'contract'", ["skillId RLIKE r'contract'"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        (
            "FROM SkillExecution SELECT count(*) WHERE skillId LIKE 'contract%' AND skillId "
            "RLIKE r'.*contract' AND skillId = 'contract'"
        ),
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "skillId = 'contract%': % is a wildcard with LIKE alone; here it has to stand in the value."
    )
    assert found.advice == "Write LIKE."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
