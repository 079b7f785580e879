"""ORDER BY in a condition, of rows or of facets: New Relic refuses both, and order means nothing to a threshold."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Facet, Span
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.clauses import excerpt, written
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for span in _spans(query):
        yield in_query(
            query,
            span,
            f"A condition's query has no ORDER BY: New Relic refuses {excerpt(query, span)}.",
            "Take it out; every facet is compared with the threshold, in no order.",
        )


def _spans(query: ReviewedQuery) -> Iterator[Span]:
    yield from (span for _, span in written(query, "ORDER BY"))
    yield from (facet.order_by.span for facet in query.all(Facet) if facet.order_by is not None)


CHECK = Check(
    code="query/order-by",
    level=Level.ERROR,
    summary="A condition's query has ORDER BY, which New Relic refuses.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
