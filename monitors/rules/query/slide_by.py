"""SLIDE BY in a condition's text: New Relic refuses it; a signal slides by a setting of its own."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Span, Timeseries
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.clauses import excerpt, written
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for span in _spans(query):
        yield in_query(
            query,
            span,
            f"A condition's query has no SLIDE BY: New Relic refuses {excerpt(query, span)}.",
            "Take it out, and give signal.slide_seconds.",
        )


def _spans(query: ReviewedQuery) -> Iterator[Span]:
    alone = [span for _, span in written(query, "SLIDE BY")]
    yield from alone
    for node in query.nodes:
        if isinstance(node, Timeseries) and node.slide_by is not None and not alone:
            begin = query.text.upper().rfind("SLIDE", 0, node.slide_by.span[0])
            yield (begin, node.slide_by.span[1])


CHECK = Check(
    code="query/slide-by",
    level=Level.ERROR,
    summary="A condition's query has SLIDE BY, which New Relic takes as a setting only.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
