"""LIMIT beyond what New Relic gives: the rest is left out without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Query
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

_MOST: Final = 5_000  # docs.newrelic.com, "NRQL syntax, clauses, and functions": LIMIT


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    if query.use == "condition":
        return  # a condition has no LIMIT at all
    for node in query.nodes:
        if isinstance(node, Query) and node.limit is not None and isinstance(node.limit.count, int):
            if node.limit.count > _MOST:
                message = f"LIMIT is {node.limit.count:,}, and New Relic gives {_MOST:,} rows or groups at most."
                yield in_query(query, node.limit.span, message, "Write LIMIT MAX, and filter for the rest.")
            if node.limit.count == 0:
                yield in_query(query, node.limit.span, "LIMIT 0 shows nothing.", "Leave it out, or give a number.")


CHECK = Check(
    code="dashboard/limit",
    level=Level.WARNING,
    summary="A query's LIMIT is beyond what New Relic gives, or lets nothing through.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
