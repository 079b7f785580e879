"""Percentiles of many facets in a condition: New Relic may not keep up with them."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Facet
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    if next(iter(query.all(Facet)), None) is None:
        return
    for call in query.calls:
        if call.function == "percentile":
            message = (
                "New Relic says that percentile() may fail in a condition with many facets; an alert that fails is "
                "silent."
            )
            yield in_query(query, call.span, message, "Leave FACET out, or narrow it by WHERE to a few facets.")


CHECK = Check(
    code="query/percentile-facets",
    level=Level.NOTE,
    summary="A condition takes a percentile of every facet, which may fail with many of them.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
