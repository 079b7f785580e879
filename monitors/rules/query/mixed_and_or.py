"""AND and OR side by side without parentheses: AND binds first, and an OR then passes every other condition by."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Logical
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.all(Logical):
        if node.operator != "OR":
            continue
        bare = [isinstance(part, Logical) and not _is_in_parentheses(query.text, *part.span) for part in node.parts]
        if any(bare):
            alone = node.parts[bare.index(False) if False in bare else -1]
            yield in_query(
                query,
                node.span,
                f"AND binds before OR: rows that meet {excerpt(query, alone.span)} are taken whatever the rest says.",
                "Put the part that is meant as one in parentheses.",
            )


def _is_in_parentheses(text: str, start: int, end: int) -> bool:
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"


CHECK = Check(
    code="query/mixed-and-or",
    level=Level.WARNING,
    summary="AND and OR stand side by side without parentheses.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
