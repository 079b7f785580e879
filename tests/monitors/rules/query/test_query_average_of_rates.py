"""query/average-of-rates: a condition averages a ready-made rate, which weighs quiet and busy minutes alike."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.average_of_rates import CHECK

FAULTY = "FROM Transaction SELECT average(errorRate)"


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("FROM Transaction SELECT average(errorRate)", ["average(errorRate)"]),
        (
            (
                "FROM Metric SELECT average(newrelic.timeslice.value) WHERE metricTimesliceName = "
                "'Custom/Skills/ErrorRate' AND appName = 'x'"
            ),
            ["average(newrelic.timeslice.value)"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "FROM Transaction SELECT average(duration)",
        (
            "FROM Metric SELECT average(newrelic.timeslice.value) WHERE metricTimesliceName = "
            "'Custom/Skills/Time' AND appName = 'x'"
        ),
        "FROM Metric SELECT average(`Custom/Skills/ErrorRate`)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "errorRate is a ready-made rate: its average is the mean of what was recorded, not the window's rate."
    )
    assert found.advice == "Record counts and divide their sums, such as sum(errors) / sum(requests) * 100."


def test_a_dashboard_may_have_it() -> None:
    assert findings(CHECK, build.chart(queries=(FAULTY,))) == []
