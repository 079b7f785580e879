"""Percentiles that do not exist: beyond 100, below 0, or a share where a percentage belongs."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Number
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for call in query.calls:
        if call.function != "percentile":
            continue
        for argument in call.arguments[1:]:
            if not isinstance(argument, Number):
                continue
            if argument.value < 0:
                message = "A percentile lies between 0 and 100, and this one is negative."
                yield in_query(query, argument.span, message, "Write the percentile that was meant, such as 95.")
            elif argument.value > 100:
                message = f"There is no percentile {argument.value:g}: they end at 100."
                yield in_query(query, argument.span, message, f"Write {_meant(argument.value)}, if that was meant.")
            elif 0 < argument.value < 1:
                message = f"The percentile {argument.value:g} is next to the least value: it is given in percent."
                yield in_query(
                    query, argument.span, message, f"Write {argument.value * 100:g}, if that was meant.", Level.WARNING
                )


def _meant(value: float) -> str:
    """Return the percentile that a slip of the decimal point makes of 950 or 9999."""
    while value > 100:
        value /= 10
    return f"{value:g}"


CHECK = Check(
    code="query/percentile",
    level=Level.ERROR,
    summary="A percentile is not between 0 and 100.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
