"""Functions that New Relic's documentation of conditions does not list, and its own published conditions do not use."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.functions import FUNCTIONS, is_aggregate
from monitors.nrql.tree import Call
from monitors.nrql.walk import walk
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for call in query.calls:
        if FUNCTIONS[call.function.lower()].in_alerts == "unknown" and (
            is_aggregate(call) or _is_over_aggregates(call)
        ):
            yield in_query(
                query,
                call.name_span,
                f"{call.function}() is not among the functions New Relic lists for conditions, which may refuse it.",
                "Try it against an account, then silence this with the outcome, or use one that is listed.",
            )


def _is_over_aggregates(call: Call) -> bool:
    return any(isinstance(node, Call) and node is not call and is_aggregate(node) for node in walk(call))


CHECK = Check(
    code="query/undocumented-function",
    level=Level.NOTE,
    summary="A condition's query has a function of which nobody knows whether a condition takes it.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
