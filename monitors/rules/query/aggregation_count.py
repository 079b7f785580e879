"""Conditions whose query gives no number, or more than one: New Relic compares exactly one with the threshold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.functions import FUNCTIONS, is_aggregate
from monitors.nrql.tree import (
    Attribute,
    Call,
    Comparison,
    Element,
    Expression,
    Is,
    Membership,
    Named,
    Node,
    Not,
    Query,
    Selection,
    Span,
    Star,
    Text,
)
from monitors.nrql.walk import children
from monitors.rules.check import Check, Finding, in_query
from monitors.rules.clauses import excerpt
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedQuery

_SEVERAL: Final = frozenset({"percentile", "cdfPercentage", "bucketPercentile"})  # a result for each further argument
_ONE: Final = "A condition compares exactly one number with its threshold"


def _run(review: Review) -> Iterator[Finding]:
    for query in review.condition_queries:
        if query.query is not None:
            yield from _of_select(query, query.query)
        elif query.tree is not None:
            message = f"{_ONE}, and this statement gives none."
            yield in_query(query, query.tree.span, message, "Write FROM SkillExecution SELECT count(*), for example.")


def _of_select(query: ReviewedQuery, tree: Query) -> Iterator[Finding]:
    if len(tree.select) > 1:
        listed = ", ".join(excerpt(query, one.span) for one in tree.select)
        second: Span = (tree.select[1].span[0], tree.select[-1].span[1])
        message = f"{_ONE}, and this query gives {len(tree.select)}: {listed}."
        yield in_query(query, second, message, "Keep one, or declare a condition for each.")
        return
    yield from _of_selection(query, tree.select[0])


def _of_selection(query: ReviewedQuery, selection: Selection) -> Iterator[Finding]:
    expression = selection.expression
    if isinstance(expression, Star):
        yield in_query(query, selection.span, f"{_ONE}, and SELECT * gives rows.", "Aggregate: count(*) counts them.")
        return
    aggregates, loose = _parts(expression)
    for one in loose:
        message = f"{_ONE}, and {excerpt(query, one.span)} stands outside any aggregate function: it gives a row each."
        advice = f"Aggregate it, for example average({excerpt(query, one.span)}), or count(*) with a WHERE."
        yield in_query(query, one.span, message, advice)
    if not aggregates and not loose:
        message = f"{_ONE} that data make, and {excerpt(query, selection.span)} is always the same."
        yield in_query(query, selection.span, message, "Aggregate what is to be watched, for example count(*).")
    for call in aggregates:
        yield from _of_aggregate(query, call)
    if _is_no_number(expression):
        message = f"{_ONE}, and {excerpt(query, expression.span)} is {_what(expression)}."
        yield in_query(query, expression.span, message, "Select the number, and leave the comparing to the threshold.")


def _of_aggregate(query: ReviewedQuery, call: Call) -> Iterator[Finding]:
    function = FUNCTIONS[call.function.lower()]
    results = [one for one in call.arguments[1:] if not isinstance(one, Named)]
    if function.in_alerts == "refused":
        return  # query/forbidden-function says so
    if function.result in ("list", "map", "text", "boolean"):
        message = f"{_ONE}, and {call.function}() gives a {function.result}."
        yield in_query(query, call.span, message, "uniqueCount() counts distinct values, count(*) rows.")
    elif call.function in _SEVERAL and len(results) > 1:
        message = f"{_ONE}, and {excerpt(query, call.span)} gives {len(results)}."
        yield in_query(query, call.span, message, "Keep one of them, or declare a condition for each.")


def _parts(expression: Expression) -> tuple[list[Call], list[Attribute | Element]]:
    """Return the outermost aggregates of an expression, and the attributes outside of them."""
    aggregates: list[Call] = []
    loose: list[Attribute | Element] = []
    waiting: list[object] = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Call) and is_aggregate(node):
            aggregates.append(node)
        elif isinstance(node, (Attribute, Element)):
            loose.append(node)
        elif isinstance(node, tuple):
            waiting.extend(reversed(node))
        elif isinstance(node, Node) and not isinstance(node, Query):
            waiting.extend(reversed(children(node)))
    return aggregates, loose


def _is_no_number(expression: Expression) -> bool:
    if isinstance(expression, Call) and not is_aggregate(expression):
        return FUNCTIONS[expression.function.lower()].result in ("text", "boolean", "list", "map")
    return isinstance(expression, (Comparison, Is, Membership, Not, Text))


def _what(expression: Expression) -> str:
    if isinstance(expression, Call):
        return f"a {FUNCTIONS[expression.function.lower()].result}"
    return "a text" if isinstance(expression, Text) else "true or false"


CHECK = Check(
    code="query/aggregation-count",
    level=Level.ERROR,
    summary="A condition's query gives no number, or more than one.",
    run=_run,
    for_loose_queries=True,
)
