"""Assertions that are about no enabled alert: they prove nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.paths.proving import matched
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.words import listed


def _run(review: Review) -> Iterator[Finding]:
    for assertion in review.stack.assertions:
        if not matched(review.stack, assertion):
            if assertion.severities:
                field, about = "severities", f"No enabled alert is {' or '.join(assertion.severities)}"
            else:
                field, about = "conditions", f"None of its alerts ({listed(assertion.conditions)}) is enabled"
            message = f"{about}: it is about nothing, and holds whatever becomes of pages."
            yield Finding(review.subject("assertion", assertion), field, message, "Name others, or delete it.")


CHECK = Check(
    code="paths/assertion-matches-nothing",
    level=Level.WARNING,
    summary="An assertion is about no alert that is enabled.",
    run=_run,
)
