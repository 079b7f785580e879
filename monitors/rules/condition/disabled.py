"""Conditions that are switched off: they are declared, and watch nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    if not one.spec.enabled:
        yield Finding(
            one.subject,
            "enabled",
            "The condition is switched off: it looks like an alert, and nobody is told of anything.",
            "Switch it on, delete it, or silence this with the date on which it comes back.",
        )


CHECK = Check(
    code="condition/disabled",
    level=Level.NOTE,
    summary="A condition is switched off.",
    run=of_conditions(_judge),
)
