"""SINCE and UNTIL in a condition: New Relic refuses them, since the signal's window says what time is meant."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Query
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.nodes:
        if isinstance(node, Query):
            for clause in ("SINCE", "UNTIL"):
                span = node.clause(clause)
                if span is not None:
                    yield in_query(
                        query,
                        span,
                        f"A condition's query has no {clause}: New Relic refuses {_shown(query, span)}.",
                        "Take it out; signal.window_seconds says how much time each value covers.",
                    )


def _shown(query: ReviewedQuery, span: tuple[int, int]) -> str:
    return query.text[span[0] : span[1]]


CHECK = Check(
    code="query/time-range",
    level=Level.ERROR,
    summary="A condition's query has SINCE or UNTIL, which New Relic refuses.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
