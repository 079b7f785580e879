"""Alerts on something being down that need a point to say so: what is gone says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Final

from monitors.nrql.tree import Call
from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.ranges import breaches
from monitors.rules.condition.terms import named_terms, opens_on_silence
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from service.metrics import Unit


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    spec, query = one.spec, one.query.query
    if query is None or spec.baseline is not None or spec.unit is not Unit.ONE or opens_on_silence(spec):
        return
    expression = query.select[0].expression
    if not isinstance(expression, Call) or expression.function not in _LEVELS:
        return
    for name, term in named_terms(spec):
        if breaches(term, 0) and not breaches(term, inf):
            start, end = expression.span
            yield Finding(
                one.subject,
                "loss_of_signal",
                f"{name} opens when the value is down to {term.value:g}, and a source that is gone reports none: "
                "without "
                "points nothing is evaluated.",
                "Give loss_of_signal with open_incident=True.",
                start,
                end,
            )
            return


_LEVELS: Final = frozenset({"max", "min", "latest", "average", "sum"})


CHECK = Check(
    code="condition/down-without-loss-of-signal",
    level=Level.WARNING,
    summary="An alert on something being down stays silent when it is gone.",
    run=of_conditions(_judge),
)
