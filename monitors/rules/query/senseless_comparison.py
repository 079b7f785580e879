"""Comparisons that are the same for every row: with itself, of two constants, with NULL."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Boolean, Comparison, Expression, Null, Number, Text
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

_CONSTANTS = (Text, Number, Boolean)


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.all(Comparison):
        shown, left, right = excerpt(query, node.span), node.left, node.right
        if isinstance(left, Null) or isinstance(right, Null):
            message = f"{shown} is never true: nothing equals NULL, and nothing differs from it."
            yield in_query(query, node.span, message, f"Write IS {'NOT ' if node.operator == '!=' else ''}NULL.")
        elif isinstance(left, _CONSTANTS) and isinstance(right, _CONSTANTS):
            message = f"{shown} compares two constants, so that it is the same for every row."
            yield in_query(query, node.span, message, _unquoted(query, left))
        elif left == right:
            message = f"{shown} compares something with itself, so that it is the same for every row."
            yield in_query(query, node.span, message, "Compare it with the value that is meant.")


def _unquoted(query: ReviewedQuery, left: Expression) -> str:
    if isinstance(left, Text) and left.value:
        name = left.value if left.value.replace("_", "").isalnum() else f"`{left.value}`"
        return f"Single quotes make a text; write {name} for the attribute."
    return "Compare an attribute with the value that is meant."


CHECK = Check(
    code="query/senseless-comparison",
    level=Level.ERROR,
    summary="A comparison is the same for every row: with itself, of two constants, or with NULL.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
