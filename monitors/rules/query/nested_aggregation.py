"""Nested aggregation in a condition: New Relic takes it with a faceted inner query, and not of timeslice metrics."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Attribute, Query, Subquery
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from monitors.rules.timeslices import TIMESLICE_NAMES

_SERVICE_METRICS = "apm."


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    inner = [node.query for node in query.all(Subquery)]
    if not inner or not _nests(query):
        return
    innermost = inner[-1]
    if innermost.facet is None:
        yield in_query(
            query,
            innermost.span,
            "The inner query has no FACET, and New Relic takes nested aggregation in a condition only with one.",
            "Facet the inner query by what it groups, or write the query without nesting.",
        )
    for part in query.all(Query):
        if part.metric_format is not None:
            yield _refused(query, part.metric_format.span, "WITH METRIC_FORMAT")
    for node in query.all(Attribute):
        if node.name in TIMESLICE_NAMES or node.name.startswith(_SERVICE_METRICS):
            yield _refused(query, node.span, node.name)


def _nests(query: ReviewedQuery) -> bool:
    outer = query.query
    return outer is not None and any(isinstance(item, Subquery) for item in outer.source.items)


def _refused(query: ReviewedQuery, span: tuple[int, int], name: str) -> Finding:
    return in_query(
        query,
        span,
        f"{name} reads metric timeslice data, which New Relic does not take in a condition's nested aggregation.",
        "Write the query without nesting, or read events or dimensional metrics.",
    )


CHECK = Check(
    code="query/nested-aggregation",
    level=Level.ERROR,
    summary="A condition's nested aggregation has no inner FACET, or reads metric timeslice data.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
