"""Aggregates in WHERE, which looks at single rows: what is aggregated is compared elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Call, Node, Query, Where
from monitors.nrql.walk import children
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    conditions = [node.where for node in query.all(Query) if node.where is not None]
    for condition in (*conditions, *(node.condition for node in query.all(Where))):
        for call in _aggregates(condition):
            message = f"WHERE looks at single rows, and {excerpt(query, call.span)} is made of many."
            advice = (
                "Compare it in the threshold, or nest the query: SELECT ... FROM (SELECT ... AS n ...) WHERE n > ..."
            )
            yield in_query(query, call.span, message, advice)


def _aggregates(condition: Node) -> Iterator[Call]:
    """Yield the aggregates of a condition, the outermost of each; those of a subquery are its own."""
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Call) and is_aggregate(node):
            yield node
        elif not isinstance(node, Query):
            waiting.extend(reversed(children(node)))


CHECK = Check(
    code="query/aggregate-in-where",
    level=Level.ERROR,
    summary="WHERE has an aggregate, and looks at single rows.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
