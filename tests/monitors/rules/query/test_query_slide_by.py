"""query/slide-by: a condition's query has SLIDE BY, which New Relic takes as a setting only."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.slide_by import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) TIMESERIES 5 minutes SLIDE BY 1 minute"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) TIMESERIES 5 minutes SLIDE BY 1 minute", ["SLIDE BY 1 minute"]),
        ("FROM SkillExecution SELECT count(*) TIMESERIES slide by AUTO", ["slide by AUTO"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*)",
        "FROM SkillExecution SELECT count(*) TIMESERIES",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "A condition's query has no SLIDE BY: New Relic refuses SLIDE BY 1 minute."
    assert found.advice == "Take it out, and give signal.slide_seconds."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
