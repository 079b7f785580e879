"""Subqueries in a condition's WHERE or SELECT: New Relic refuses them; only FROM may hold a query."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Membership, Query, Source, Subquery
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for found in _subqueries(query):
        yield in_query(
            query,
            found.span,
            "A condition's query has a subquery outside FROM, which New Relic refuses.",
            "Write the values out, or nest the aggregation: FROM (SELECT ... FACET ...).",
        )


def _subqueries(query: ReviewedQuery) -> Iterator[Query]:
    in_from = {id(item) for source in query.all(Source) for item in source.items}
    yield from (one.options for one in query.all(Membership) if isinstance(one.options, Query))
    yield from (one.query for one in query.all(Subquery) if id(one) not in in_from)


CHECK = Check(
    code="query/subquery",
    level=Level.ERROR,
    summary="A condition's query has a subquery in WHERE or SELECT, which New Relic refuses.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
