"""condition/cloud-polling: polled cloud data are aggregated by another method than a timer."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.cloud_polling import CHECK


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (
            build.condition(query="FROM AwsLambdaSample SELECT average(errors)"),
            (
                "AwsLambdaSample comes from a cloud integration that is polled every few "
                "minutes, late and in bursts: with event_flow windows close before their "
                "points are there, or long after."
            ),
        ),
        (
            build.condition(
                query="FROM Metric SELECT average(aws.lambda.Errors)", signal=spec.Signal(method=spec.Cadence())
            ),
            (
                "aws.lambda.Errors comes from a cloud integration that is polled every few "
                "minutes, late and in bursts: with cadence windows close before their points "
                "are there, or long after."
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
            query="FROM AwsLambdaSample SELECT average(errors)",
            signal=spec.Signal(method=spec.EventTimer(timer_seconds=300)),
        ),
        build.condition(query="FROM SkillExecution SELECT count(*)"),
    ],
)
def test_what_is_right_is_let_be(condition: spec.NrqlCondition) -> None:
    assert messages(CHECK, condition) == []


def test_the_advice_says_what_to_do() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM AwsLambdaSample SELECT average(errors)"))
    assert found.advice == "Use EventTimer(timer_seconds=300)."
