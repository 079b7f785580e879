"""query/timeslice-app: a query reads metric timeslice data and names no application."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.timeslice_app import CHECK

FAULTY = "FROM Metric SELECT count(newrelic.timeslice.value) WHERE metricTimesliceName = 'a'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            "FROM Metric SELECT count(newrelic.timeslice.value) WHERE metricTimesliceName = 'a'",
            ["newrelic.timeslice.value"],
        ),
        (
            "FROM Metric SELECT count(newrelic.timeslice.value) WITH METRIC_FORMAT 'Custom/{a}'",
            ["newrelic.timeslice.value"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        ("FROM Metric SELECT count(newrelic.timeslice.value) WHERE metricTimesliceName = 'a' AND appName = 'x'"),
        ("FROM Metric SELECT count(newrelic.timeslice.value) WHERE metricTimesliceName = 'a' AND entity.guid = 'x'"),
        "FROM SkillExecution SELECT count(*)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == ("The query reads metric timeslice data of no application, which gives no data at all.")
    assert found.advice == "Add appName = '...', appId = ... or entity.guid = '...' to WHERE."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
