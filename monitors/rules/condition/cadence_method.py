"""Aggregation by cadence: New Relic's older method, which closes windows whatever has arrived."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import Cadence


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    if isinstance(one.spec.signal.method, Cadence):
        yield Finding(
            one.subject,
            "signal.method",
            "Cadence closes windows by the clock, whatever has arrived, and is New Relic's older method.",
            "Use EventFlow() for steady data, EventTimer() for what comes seldom.",
        )


CHECK = Check(
    code="condition/cadence-method",
    level=Level.NOTE,
    summary="Cadence is New Relic's older method.",
    run=of_conditions(_judge),
)
