"""query/facet-cardinality: a condition is faceted by an attribute that is new with nearly every event."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.facet_cardinality import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) FACET requestId"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) FACET requestId", ["requestId"]),
        ("FROM SkillExecution SELECT count(*) FACET model, executionId", ["executionId"]),
        ("FROM Transaction SELECT count(*) FACET traceId", ["traceId"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) FACET model",
        "FROM SkillExecution SELECT count(*) FACET skillId",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "requestId is new with nearly every event, so that FACET requestId makes a signal "
        "of one point each: past 20,000 facets New Relic stops the condition."
    )
    assert found.advice == "Facet by what groups events, such as model or task, or leave FACET out."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
