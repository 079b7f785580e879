"""query/timeseries: a condition's query has TIMESERIES, which New Relic refuses."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.timeseries import CHECK

FAULTY = "FROM SkillExecution SELECT count(*) TIMESERIES 5 minutes"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM SkillExecution SELECT count(*) TIMESERIES 5 minutes", ["TIMESERIES 5 minutes"]),
        (("SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model TIMESERIES)"), ["TIMESERIES"]),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == "A condition's query has no TIMESERIES: New Relic refuses TIMESERIES 5 minutes."
    assert found.advice == (
        "Take it out; signal.window_seconds is the width of a bucket, and signal.slide_seconds how far it slides."
    )


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
