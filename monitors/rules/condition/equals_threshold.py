"""Equality with a measured value: an average is hardly ever exactly 5."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Call
from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.ranges import known_range
from monitors.rules.condition.terms import named_terms, shown
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import Operator
from service.metrics import Unit


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query = one.query.query
    if query is None or len(query.select) != 1 or known_range(one.query).whole or _is_reported_whole(one):
        return
    for name, term in named_terms(one.spec):
        if term.operator in (Operator.EQUALS, Operator.NOT_EQUALS):
            start, end = query.select[0].expression.span
            never = term.operator is Operator.EQUALS
            yield Finding(
                one.subject,
                f"{name}.operator",
                f"A measured value is hardly ever exactly {term.value:g}: {shown(term)} is "
                f"{'next to never' if never else 'nearly always'} true. EQUALS is the provider's default.",
                "Use Operator.ABOVE, BELOW, ABOVE_OR_EQUALS or BELOW_OR_EQUALS.",
                start,
                end,
            )


def _is_reported_whole(one: ReviewedCondition) -> bool:
    """Say whether the value is one that is reported, and not worked out: a state such as 0 or 1."""
    expression = one.query.query.select[0].expression if one.query.query else None
    return (
        isinstance(expression, Call) and expression.function in ("latest", "max", "min") and one.spec.unit is Unit.ONE
    )


CHECK = Check(
    code="condition/equals-threshold",
    level=Level.WARNING,
    summary="A measured value is compared for equality.",
    run=of_conditions(_judge),
)
