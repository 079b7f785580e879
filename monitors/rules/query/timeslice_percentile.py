"""Percentiles of timeslice metrics: a timeslice keeps count, sums, least and greatest value, and no single values."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Attribute
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from monitors.rules.timeslices import VALUE

_OF_SINGLE_VALUES = frozenset({"percentile", "median", "histogram", "cdfPercentage", "bucketPercentile", "uniqueCount"})


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for call in query.calls:
        first = call.arguments[0] if call.arguments else None
        if call.function in _OF_SINGLE_VALUES and isinstance(first, Attribute) and first.name == VALUE:
            yield in_query(
                query,
                call.span,
                f"{call.function}() needs single values, and a metric timeslice keeps only count, sums, least and "
                "greatest.",
                "Take it of an event's attribute, such as percentile(duration, 95) from Transaction.",
            )


CHECK = Check(
    code="query/timeslice-percentile",
    level=Level.ERROR,
    summary="A query takes a percentile of metric timeslice data, which keeps no single values.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
