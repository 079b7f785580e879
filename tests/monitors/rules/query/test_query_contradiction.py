"""query/contradiction: a condition demands two things of an attribute that no row meets together."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.contradiction import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) WHERE model = 'opus' AND model = 'haiku'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) WHERE model = 'opus' AND model = 'haiku'", ["model = 'haiku'"]),
        ("FROM SkillExecution SELECT count(*) WHERE cost > 5 AND env = 'prod' AND cost < 3", ["cost < 3"]),
        (
            ("FROM SkillExecution SELECT filter(count(*), WHERE model = 'opus') WHERE model != 'opus'"),
            ["model != 'opus'"],
        ),
        (
            ("FROM SkillExecution SELECT count(*) WHERE model IN ('opus', 'haiku') AND model = 'grok'"),
            ["model = 'grok'"],
        ),
        ("FROM SkillExecution SELECT count(*) WHERE errorKind IS NULL AND errorKind = 'x'", ["errorKind = 'x'"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE model = 'opus' OR model = 'haiku'",
        "FROM SkillExecution SELECT count(*) WHERE cost > 3 AND cost < 5",
        "FROM SkillExecution SELECT count(*) WHERE cost >= 3 AND cost <= 3",
        ("FROM SkillExecution SELECT filter(count(*), WHERE model = 'opus') / count(*) WHERE model != 'haiku'"),
        "FROM SkillExecution SELECT count(*) WHERE model != 'opus' AND model IS NOT NULL",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "No row is both model = 'opus' and model = 'haiku': nothing is selected."
    assert found.advice == "Join them with OR, or model IN (...), where either is meant; else drop one."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
