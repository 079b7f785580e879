"""condition/sparse-event-flow: event flow waits for the next point of what comes seldom."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.sparse_event_flow import CHECK
from monitors.rules.problem import Level


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(query="FROM SkillExecution SELECT count(*) WHERE outcome = 'error'"),
            (
                "Rows with outcome = 'error' may not come for hours: event flow closes a "
                "window only when a later point arrives, so that the last one before a pause "
                "waits for the next."
            ),
        ),
        (
            build.condition(query="FROM RolloutChange SELECT count(*)"),
            (
                "Points of RolloutChange may not come for hours: event flow closes a window "
                "only when a later point arrives, so that the last one before a pause waits "
                "for the next."
            ),
        ),
        (
            build.condition(query="FROM Metric SELECT sum(`Custom/Telemetry/DroppedCount`)"),
            (
                "Points of Custom/Telemetry/DroppedCount may not come for hours: event flow "
                "closes a window only when a later point arrives, so that the last one before "
                "a pause waits for the next."
            ),
        ),
        (
            build.condition(query="FROM TransactionError SELECT count(*)"),
            (
                "Points of TransactionError may not come for hours: event flow closes a window "
                "only when a later point arrives, so that the last one before a pause waits "
                "for the next."
            ),
        ),
        (
            build.condition(query="FROM SkillExecution SELECT count(*) WHERE outcome IN ('error', 'timeout')"),
            (
                "Rows with outcome IN ('error', 'timeout') may not come for hours: event flow "
                "closes a window only when a later point arrives, so that the last one before "
                "a pause waits for the next."
            ),
        ),
        (
            build.condition(query="FROM SkillExecution SELECT count(*) WHERE success IS FALSE"),
            (
                "Rows with success IS FALSE may not come for hours: event flow closes a window "
                "only when a later point arrives, so that the last one before a pause waits "
                "for the next."
            ),
        ),
    ],
)
def test_each_fault_is_told(condition: spec.NrqlCondition, message: str) -> None:
    assert messages(CHECK, condition) == [message]


@pytest.mark.parametrize(
    "condition",
    [
        build.condition(
            query="FROM SkillExecution SELECT count(*) WHERE outcome = 'error'",
            signal=spec.Signal(method=spec.EventTimer()),
        ),
        build.condition(query="FROM SkillExecution SELECT filter(count(*), WHERE outcome = 'error')"),
        build.condition(query="FROM SkillExecution SELECT count(*) WHERE outcome IN ('success', 'error')"),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM SkillExecution SELECT count(*) WHERE outcome = 'error'"))
    assert found.advice == "Use EventTimer(timer_seconds=60), which closes a window by time."


def test_a_monitor_that_runs_every_six_hours_is_an_error() -> None:
    monitor = build.ping(name="Health", period="EVERY_6_HOURS")
    query = "FROM SyntheticCheck SELECT count(*) WHERE monitorName = 'Health'"
    (found,) = findings(CHECK, build.condition(query=query), monitor)
    assert found.level is Level.ERROR
    assert found.message == "Points are 360 min apart, and event flow gives a signal up after 65 min without one."


def test_a_monitor_that_runs_every_minute_is_steady() -> None:
    query = "FROM SyntheticCheck SELECT count(*) WHERE monitorName = 'Health'"
    assert messages(CHECK, build.condition(query=query), build.ping(name="Health", period="EVERY_MINUTE")) == []
