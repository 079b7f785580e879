"""query/timeslice-percentile: a query takes a percentile of metric timeslice data, which keeps no single values."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.timeslice_percentile import CHECK

FAULTY = "FROM Metric SELECT percentile(newrelic.timeslice.value, 95) WHERE metricTimesliceName = 'a' AND appName = 'x'"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            (
                "FROM Metric SELECT percentile(newrelic.timeslice.value, 95) WHERE "
                "metricTimesliceName = 'a' AND appName = 'x'"
            ),
            ["percentile(newrelic.timeslice.value, 95)"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        ("FROM Metric SELECT max(newrelic.timeslice.value) WHERE metricTimesliceName = 'a' AND appName = 'x'"),
        "FROM Transaction SELECT percentile(duration, 95)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "percentile() needs single values, and a metric timeslice keeps only count, sums, least and greatest."
    )
    assert found.advice == ("Take it of an event's attribute, such as percentile(duration, 95) from Transaction.")


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
