"""Synthetic checks with a short delay: their results arrive up to minutes late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import EventTimer

_LEAST_SECONDS: Final = 300  # docs.newrelic.com, synthetic monitoring, on alerts


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query, method = one.query.query, one.spec.signal.method
    if query is None or not query.source.event_types & {"SyntheticCheck", "SyntheticRequest"}:
        return
    waits, field = (
        (method.timer_seconds, "timer_seconds")
        if isinstance(method, EventTimer)
        else (method.delay_seconds, "delay_seconds")
    )
    if waits < _LEAST_SECONDS:
        yield Finding(
            one.subject,
            f"signal.method.{field}",
            f"Results of synthetic checks arrive up to minutes late, and {field} {waits} leaves the late ones out: "
            "most "
            "often failures, which take longest.",
            f"Use {field}={_LEAST_SECONDS} or more.",
        )


CHECK = Check(
    code="condition/synthetics-delay",
    level=Level.WARNING,
    summary="A condition on synthetic checks does not wait for late results.",
    run=of_conditions(_judge),
)
