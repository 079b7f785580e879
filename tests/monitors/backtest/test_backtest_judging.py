"""One condition through recorded data: its incidents, its windows, and why it found nothing."""

from __future__ import annotations

import numpy as np
import pytest
from backtest_cases import START, condition, load
from hypothesis import given, settings
from hypothesis import strategies as st

from monitors.alerting.replaying import replay
from monitors.backtest.histories import _whole, judge
from monitors.nrql import Query, parse
from monitors.nrql.evaluator import Data, SignalQuery
from monitors.spec import EventTimer, NrqlCondition, Operator, Signal, Threshold

MINUTE, HOUR = 60, 3600
LOAD = "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) WHERE env = 'prod'"


def watching(operator: Operator, value: float, minutes: int = 5, **changes: object) -> NrqlCondition:
    """Return a condition on the load with one critical threshold."""
    term = Threshold(operator=operator, value=value, duration_seconds=minutes * MINUTE)
    return condition("high-skill-error-rate", query=LOAD, critical=term, **changes)


def test_incidents_open_after_the_duration_and_close_after_it() -> None:
    values = [1.0] * 20 + [9.0] * 10 + [1.0] * 20
    found = judge(watching(Operator.ABOVE, 5), load(values), START, START + HOUR)
    (incident,) = found.incidents
    assert incident.degraded_at == START + 20 * MINUTE
    assert incident.recovered_at == START + 30 * MINUTE
    assert incident.value == 9.0
    assert found.coverage == type(found.coverage)(points=50, facets=1, windows=50, windows_without_value=0)


def test_a_window_that_began_before_the_data_is_not_judged() -> None:
    hourly = Signal(window_seconds=HOUR, slide_seconds=5 * MINUTE)
    values = [10.0] * 180
    found = judge(watching(Operator.BELOW, 500, signal=hourly), load(values), START, START + 3 * HOUR)
    assert found.incidents == (), "its first windows held a few minutes only, and sums of few minutes are small"
    assert found.windows is not None
    assert int(np.isnan(found.windows.values).sum()) == 11


def test_data_of_a_quarter_of_an_hour_cannot_fill_a_window_of_an_hour() -> None:
    hourly = Signal(window_seconds=HOUR, slide_seconds=5 * MINUTE)
    found = judge(watching(Operator.BELOW, 500, signal=hourly), load([10.0] * 15), START, START + 15 * MINUTE)
    assert found.coverage.kind == "no value"
    assert "or the data is shorter than a window" in found.coverage.next_step


@given(st.lists(st.sampled_from([1.0, 9.0, 0.0]), min_size=5, max_size=80), st.integers(1, 80))
@settings(max_examples=40, deadline=None)
def test_stopping_at_a_moment_is_as_if_the_data_ended_there(values: list[float], minutes: int) -> None:
    until = START + minutes * MINUTE
    watched = watching(Operator.ABOVE, 5, minutes=2)
    stopped = judge(watched, load(values), START, until)
    ended = judge(watched, load(values[:minutes]), START, until)
    assert stopped.incidents == ended.incidents
    assert stopped.windows is not None
    assert ended.windows is not None
    assert stopped.windows.point_times.tolist() == ended.windows.point_times.tolist()


def test_a_facet_of_which_nothing_was_heard_yet_is_no_facet() -> None:
    both = Data.of_rows(
        [
            {
                "timestamp": START + minute * MINUTE,
                "eventType": "SkillExecution",
                "skillId": skill,
                "executionTime": 1.0,
            }
            for skill, start in (("early", 0), ("late", 30))
            for minute in range(start, 40)
        ]
    )
    query = parse("FROM SkillExecution SELECT average(executionTime) FACET skillId")
    assert isinstance(query, Query)
    watched = condition("slow-skill")
    windows = SignalQuery(query).windows(both, window_seconds=300)
    cut = _whole(windows, watched, START, START + 20 * MINUTE)
    assert list(cut.facets) == [("early",)]
    assert cut.offsets.tolist() == [0, len(cut.ends)]
    assert replay(watched, cut, until_seconds=START + 20 * MINUTE) == ()


def test_a_timer_that_runs_out_within_a_window_is_judged_from_the_points() -> None:
    """The window closes without the second point, whose count alone would breach."""
    rows = [
        {"timestamp": moment, "eventType": "Metric", "metricName": "Custom/Skills/ExecutionCount", "value": value}
        for start in range(START, START + 20 * 300, 300)
        for moment, value in ((start + 10, 1.0), (start + 200, 9.0))
    ]
    signal = Signal(window_seconds=300, method=EventTimer(timer_seconds=60))
    query = LOAD.replace(" WHERE env = 'prod'", "")
    watched = watching(Operator.ABOVE, 5, signal=signal).model_copy(update={"query": query})
    found = judge(watched, Data.of_rows(rows), START, START + 2 * HOUR)
    assert found.incidents == ()
    assert found.windows is not None
    assert set(found.windows.values.tolist()) == {10.0}


def test_a_disabled_alert_is_not_judged() -> None:
    found = judge(watching(Operator.ABOVE, 5, enabled=False), load([9.0] * 60), START, START + HOUR)
    assert (found.coverage.kind, found.coverage.fault) == ("disabled", "it is disabled.")


@pytest.mark.parametrize(
    ("query", "kind", "fault"),
    [
        ("FROM Metric SELEC x", "not evaluated", "its query cannot be read:"),
        ("SHOW EVENT TYPES", "not evaluated", "its query is no SELECT."),
        ("FROM Metric SELECT count(*) SINCE 1 day ago", "not evaluated", "its query cannot be evaluated here: SINCE"),
        ("FROM Transaction SELECT count(*)", "no data", "the data holds no Transaction; it holds Metric."),
        (
            "FROM Metric SELECT sum(`Custom/Claude/ApiCallCount`)",
            "no data",
            "the data holds no metric Custom/Claude/ApiCallCount.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) WHERE env = 'staging'",
            "no data",
            "env is never staging in the data; it is prod.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) WHERE task IN ('draft', 'analyze')",
            "no data",
            "no row of Metric has the attribute task.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) WHERE env LIKE 'x%'",
            "no data",
            "no row passes FROM Metric WHERE env LIKE 'x%'.",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) / 0",
            "no value",
            "none of its 60 windows has a value.",
        ),
    ],
)
def test_an_alert_that_cannot_be_judged_says_why(query: str, kind: str, fault: str) -> None:
    watched = watching(Operator.ABOVE, 5).model_copy(update={"query": query})
    found = judge(watched, load([1.0] * 60), START, START + HOUR)
    assert found.coverage.kind == kind
    assert (found.coverage.fault or "").startswith(fault)
    assert found.coverage.next_step or kind == "not evaluated"


def test_data_of_another_environment_names_the_stack_to_replay_it_with() -> None:
    found = judge(watching(Operator.ABOVE, 5), load([1.0] * 60, env="staging"), START, START + HOUR)
    assert found.coverage.fault == "env is never prod in the data; it is staging."
    assert found.coverage.next_step == "Replay it with --stack staging, or record data of prod."
