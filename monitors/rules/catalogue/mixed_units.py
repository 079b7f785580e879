"""Arithmetic over units that do not go together: 100 less a ratio, milliseconds plus seconds."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.quantities import Measure, selected
from monitors.rules.reading import scopes
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for scope in scopes(query):
        if not scope.is_plain:
            continue
        for expression, found in selected(scope):
            if found.mixed is not None:
                one, other = found.mixed
                message = f"The arithmetic adds or subtracts {one} and {other}: the result is neither."
                yield in_query(query, expression.span, message, _advice(one, other))


def _advice(one: Measure, other: Measure) -> str:
    if {one, other} == {Measure.PERCENT, Measure.RATIO}:
        return "Multiply the ratio by 100 first, or write 1 for the whole instead of 100."
    return f"Bring both to {one}, or to {other}, first."


CHECK = Check(
    code="catalogue/mixed-units",
    level=Level.ERROR,
    summary="A query adds or subtracts values of different units.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
