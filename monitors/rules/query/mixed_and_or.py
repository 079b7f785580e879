"""AND and OR side by side without parentheses: AND binds first, and an OR then passes every other condition by."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Logical, Span
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.all(Logical):
        if node.operator != "OR":
            continue
        bare = [part for part in node.parts if isinstance(part, Logical) and not _is_in_parentheses(query, part.span)]
        if bare:
            alone = next((part for part in node.parts if part not in bare), bare[-1])
            yield in_query(
                query,
                node.span,
                f"AND binds before OR: rows that meet {excerpt(query, alone.span)} are taken whatever the rest says.",
                "Put the part that is meant as one in parentheses.",
            )


def _is_in_parentheses(query: ReviewedQuery, span: Span) -> bool:
    before, after = query.text[: span[0]].rstrip(), query.text[span[1] :].lstrip()
    return before.endswith("(") and after.startswith(")")


CHECK = Check(
    code="query/mixed-and-or",
    level=Level.WARNING,
    summary="AND and OR stand side by side without parentheses.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
