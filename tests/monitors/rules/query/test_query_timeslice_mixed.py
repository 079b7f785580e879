"""query/timeslice-mixed: a query mixes metric timeslice data with dimensional metrics."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.timeslice_mixed import CHECK

FAULTY = (
    "FROM Metric SELECT sum(newrelic.timeslice.value) / "
    "sum(`Custom/Skills/ExecutionCount`) WHERE metricTimesliceName = 'a' AND appName = "
    "'x'"
)


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            (
                "FROM Metric SELECT sum(newrelic.timeslice.value) / "
                "sum(`Custom/Skills/ExecutionCount`) WHERE metricTimesliceName = 'a' AND appName = "
                "'x'"
            ),
            ["`Custom/Skills/ExecutionCount`"],
        ),
    ],
)
def test_each_fault_is_pointed_at(query: str, parts: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        ("FROM Metric SELECT sum(newrelic.timeslice.value) WHERE metricTimesliceName = 'a' AND appName = 'x'"),
        "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`)",
    ],
)
def test_what_is_right_is_let_be(query: str) -> None:
    assert findings(CHECK, build.condition(query=query)) == []


def test_the_message_says_what_is_wrong_and_the_advice_what_to_do() -> None:
    found = findings(CHECK, build.condition(query=FAULTY))[0]
    assert found.message == (
        "The query reads newrelic.timeslice.value and the dimensional metric "
        "Custom/Skills/ExecutionCount, which New Relic does not mix."
    )
    assert found.advice == "Read each in a query of its own."


def test_it_is_said_of_a_dashboard_too() -> None:
    assert pointed(CHECK, build.chart(queries=(FAULTY,))) == pointed(CHECK, build.condition(query=FAULTY)) != []
