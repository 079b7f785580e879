"""Aggregates where a function takes values of rows, and values of rows where it takes an aggregate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Argument, Attribute, Call, Star
from monitors.nrql.walk import walk
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

_SHARES: Final = ("filter", "percentage")
_OF_AGGREGATES: Final = frozenset({*_SHARES, "rate", "funnel"})


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for call in query.calls:
        if not is_aggregate(call) or not call.arguments:
            continue
        first = call.arguments[0]
        if _is_as_usual(call, first):
            continue
        shown = excerpt(query, first.span)
        if call.function in _SHARES:
            if not any(isinstance(node, Call) and is_aggregate(node) for node in walk(first)):
                message = f"{call.function}() takes an aggregate, and {shown} is none."
                yield in_query(query, first.span, message, f"Write {call.function}(count(*), WHERE ...), for example.")
        elif isinstance(first, Star) and call.function != "count":
            message = f"{call.function}() takes an attribute, and * names none."
            yield in_query(query, first.span, message, "Name the attribute; count(*) alone takes all.")
        elif call.function not in _OF_AGGREGATES:
            yield from _aggregates_inside(query, call)


def _is_as_usual(call: Call, first: Argument) -> bool:
    """Say at a glance that a call is right, as nearly all are."""
    if call.function in _OF_AGGREGATES:
        return isinstance(first, Call) and is_aggregate(first)
    return len(call.arguments) == 1 and isinstance(first, Attribute)


def _aggregates_inside(query: ReviewedQuery, call: Call) -> Iterator[Finding]:
    for argument in call.arguments:
        for node in walk(argument):
            if isinstance(node, Call) and is_aggregate(node):
                message = (
                    f"{call.function}() takes values of rows, and {excerpt(query, node.span)} is an aggregate itself."
                )
                advice = "Keep one of the two, or nest the aggregation: a query in FROM, faceted, with a label to take."
                yield in_query(query, node.span, message, advice)
                return


CHECK = Check(
    code="query/arguments",
    level=Level.ERROR,
    summary="A function is given an aggregate where it takes values of rows, or the other way round.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
