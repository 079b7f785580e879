"""query/undocumented-function: functions of which nobody knows whether a condition takes them."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.undocumented_function import CHECK

FAULTY = "FROM SkillExecution SELECT median(executionTime)"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT median(executionTime)", ["median"]),
        ("FROM SkillExecution SELECT round(count(*))", ["round"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT filter(count(*), WHERE model = 'opus') / count(*)",
        "FROM SkillExecution SELECT count(*) WHERE lower(model) = 'opus'",
        "FROM SkillExecution SELECT average(abs(cost))",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == ("median() is not among the functions New Relic lists for conditions, which may refuse it.")
    assert found.advice == ("Try it against an account, then silence this with the outcome, or use one that is listed.")


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
