"""Thresholds that every value breaches: the alert is open whenever there are data."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.ranges import always_fires, known_range
from monitors.rules.condition.terms import named_terms, shown
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query = one.query.query
    if query is None or one.spec.baseline is not None or len(query.select) != 1:
        return
    values = known_range(one.query, null_is_zero=True)
    for name, term in named_terms(one.spec):
        if always_fires(term, values):
            start, end = query.select[0].expression.span
            message = f"The value is {values}, so that {shown(term)} is open whenever there are data."
            yield Finding(one.subject, f"{name}.value", message, "Give a threshold within that range.", start, end)


CHECK = Check(
    code="condition/always-fires",
    level=Level.ERROR,
    summary="A threshold is breached by every value that the query can give.",
    run=of_conditions(_judge),
)
