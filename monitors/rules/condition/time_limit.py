"""Time limits shorter than the duration: incidents are closed by force while the breach goes on, and opened again."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.terms import named_terms
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    limit = one.spec.violation_time_limit_seconds
    for name, term in named_terms(one.spec):
        if limit < term.duration_seconds:
            yield Finding(
                one.subject,
                "violation_time_limit_seconds",
                f"After {limit} s the incident is closed by force, and {name} takes {term.duration_seconds} s: "
                "what still "
                "breaches opens and closes again and again.",
                "Leave it out, which gives three days, or make it longer than the duration.",
            )


CHECK = Check(
    code="condition/time-limit",
    level=Level.WARNING,
    summary="Incidents are closed by force sooner than the duration.",
    run=of_conditions(_judge),
)
