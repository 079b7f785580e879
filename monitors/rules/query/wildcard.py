"""Wildcards where they are none, and none where they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute, Comparison, Pattern, Text
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

_META: Final = re.compile(r"[.*+?^$()\[\]{}|\\]")


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.all(Comparison):
        if isinstance(node.left, Attribute):
            told = _fault(node)
            if told:
                message, advice = told
                yield in_query(query, node.span, f"{excerpt(query, node.span)}: {message}", advice)


def _fault(node: Comparison) -> tuple[str, str] | None:
    match node:
        case Comparison(operator="=" | "!=", right=Text(value=text)) if text.startswith("%") or text.endswith("%"):
            return "% is a wildcard with LIKE alone; here it has to stand in the value.", _instead(node, "LIKE")
        case Comparison(operator="LIKE" | "NOT LIKE", right=Text(value=text)) if "%" not in text:
            return "without % it compares the whole value.", f"Write LIKE '%{text}%' for a part of it, or = '{text}'."
        case Comparison(operator="RLIKE" | "NOT RLIKE", right=Pattern(value=text) | Text(value=text)):
            if not _META.search(text):
                return "RLIKE has to match the whole value.", f"Write r'.*{text}.*' for a part of it, or = '{text}'."
    return None


def _instead(node: Comparison, word: str) -> str:
    return f"Write {'NOT ' if node.operator == '!=' else ''}{word}."


CHECK = Check(
    code="query/wildcard",
    level=Level.WARNING,
    summary="A comparison has a wildcard that is none, or none where a part of the value is likely meant.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
