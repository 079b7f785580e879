"""What recorded data would have opened is told for both sides, and what it says nothing of is a fact, not a crash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from reviewed_stacks import ERRORS, PROD, SLOW, above, changes, edited, texts, the_change, without

from monitors.backtest import histories as histories_of_backtest
from monitors.nrql.evaluator import Data
from monitors.review.alerts.history import histories
from monitors.spec import NrqlCondition, RunbookSection

# 02:00 at night in Los Angeles, where people are on call.
START = 1_773_306_000
MINUTES = 240
TOPIC = "would have opened"


def recorded(failed_percents: Sequence[float]) -> Data:
    """Return executions of some minutes, 100 in each, of which so many failed."""
    times, values, outcomes = [], [], []
    for minute, failed in enumerate(failed_percents):
        for outcome, count in (("error", failed), ("success", 100 - failed)):
            times.append(START + 60.0 * minute + 1)
            values.append(float(count))
            outcomes.append(outcome)
    return Data.of_columns(
        "Metric",
        {
            "timestamp": np.array(times),
            "metricName": ["Custom/Skills/ExecutionCount"] * len(times),
            "value": np.array(values),
            "env": ["prod"] * len(times),
            "outcome": outcomes,
        },
    )


@pytest.fixture(scope="module")
def data() -> Data:
    """Four hours with 20 minutes of 6 % failures and 20 minutes of 9 %."""
    percents = [0.0] * MINUTES
    percents[30:50] = [6.0] * 20
    percents[120:140] = [9.0] * 20
    return recorded(percents)


def test_a_higher_threshold_would_have_opened_less_often(data: Data) -> None:
    found = the_change(edited(ERRORS, critical=above(7)), data=data)
    assert texts(found)[TOPIC] == (
        "In 4 h of recorded data it would have opened once (open for 20 min in all, 1 page, 1 at night); "
        "before: twice (open for 40 min in all, 2 pages, 2 at night)."
    )
    (fact,) = (one for one in found.facts if one.topic == TOPIC)
    assert (fact.before, fact.after) == (
        "twice (open for 40 min in all, 2 pages, 2 at night)",
        "once (open for 20 min in all, 1 page, 1 at night)",
    )


def test_an_alert_that_nothing_would_have_opened_says_never(data: Data) -> None:
    found = the_change(edited(ERRORS, critical=above(50)), data=data)
    assert texts(found)[TOPIC].startswith("In 4 h of recorded data it would have opened never; before: twice")


def test_an_alert_that_is_off_would_have_opened_never(data: Data) -> None:
    found = the_change(edited(ERRORS, enabled=False), data=data)
    assert "it would have opened never; before: twice" in texts(found)[TOPIC]


def test_new_and_gone_alerts_are_replayed_on_their_side(data: Data) -> None:
    expected = "In 4 h of recorded data it would have opened twice (open for 40 min in all, 2 pages, 2 at night)."
    assert texts(the_change(PROD, without(ERRORS), data))[TOPIC] == expected
    assert texts(the_change(without(ERRORS), data=data))[TOPIC] == expected


def test_a_renamed_alert_is_replayed_under_both_keys(data: Data) -> None:
    runbook = RunbookSection(file="incident-response.md", anchor="errors")
    found = the_change(edited(ERRORS, key="errors", runbook=runbook, critical=above(7)), data=data)
    assert "opened once " in texts(found)[TOPIC]
    assert "before: twice" in texts(found)[TOPIC]


def test_data_that_an_alert_does_not_find_is_told_with_the_reason(data: Data) -> None:
    found = the_change(edited(SLOW, warning=above(4_000)), data=data)
    assert texts(found)[TOPIC] == (
        "Recorded data says nothing of it, because the data holds no metric Custom/Skills/ExecutionTime."
    )


def test_a_query_that_cannot_be_evaluated_on_one_side_is_told_for_that_side(data: Data) -> None:
    found = the_change(edited(ERRORS, query="FROM Metric SELECT nonsense( WHERE"), data=data)
    assert texts(found)[TOPIC].startswith("Recorded data says nothing of it, because its query cannot be read: ")


def test_data_without_a_row_is_a_fact() -> None:
    found = the_change(edited(ERRORS, critical=above(7)), data=Data.of_rows([]))
    assert texts(found)[TOPIC] == "Recorded data says nothing of it, because there is no row at all."


def test_without_data_nothing_is_said_of_the_past() -> None:
    assert TOPIC not in texts(the_change(edited(ERRORS, critical=above(7))))


def test_only_alerts_that_differ_are_replayed(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    replayed: list[str] = []
    judge = histories_of_backtest.judge

    def counting(condition: NrqlCondition, *rest: object) -> object:
        replayed.append(condition.key)
        return judge(condition, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("monitors.backtest.run.judge", counting)
    changes(edited(ERRORS, critical=above(7)), data=data)
    assert replayed == [ERRORS, ERRORS]
    assert histories(PROD, data, []) is None


def test_a_comparison_without_data_loads_nothing_heavy() -> None:
    code = "import sys, monitors.review.compare; print([m for m in ('numpy', 'duckdb', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
