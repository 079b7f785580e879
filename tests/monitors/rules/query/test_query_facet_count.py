"""query/facet-count: fACET has more than five attributes."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.facet_count import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) FACET task, model, skillId, outcome, variant, version"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (("FROM SkillExecution SELECT count(*) FACET task, model, skillId, outcome, variant, version"), ["version"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) FACET task, model, skillId, outcome, variant",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "FACET takes up to 5 attributes, and this one has 6."
    assert found.advice == "Leave some out, or join two into one: FACET concat(model, '/', task)."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
