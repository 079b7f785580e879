"""JOIN in a condition: New Relic refuses it."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Join
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for join in query.all(Join):
        message = "A condition's query has no JOIN: New Relic refuses it, as it refuses the subquery in it."
        advice = "Put the attribute that is joined on the events themselves, or watch the two in two conditions."
        yield in_query(query, join.span, message, advice)


CHECK = Check(
    code="query/join",
    level=Level.ERROR,
    summary="A condition's query has a JOIN, which New Relic refuses.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
