"""Clauses that New Relic refuses in a condition: where each is written, in the query and in those inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from monitors.nrql.tree import Clause, Query, Span
from monitors.rules.check import Finding, in_query
from monitors.rules.review import AnyNode, ReviewedQuery

_SHOWN = 60  # characters of a clause that a message repeats


def refusing(*clauses: Clause, advice: str) -> Callable[[ReviewedQuery], Iterator[Finding]]:
    """Return a check's judgement that points at each of these clauses in a condition's query."""

    def judge(query: ReviewedQuery) -> Iterator[Finding]:
        for clause, span in written(query, *clauses):
            shown = excerpt(query, span)
            yield in_query(query, span, f"A condition's query has no {clause}: New Relic refuses {shown}.", advice)

    return judge


def written(query: ReviewedQuery, *clauses: Clause) -> Iterator[tuple[Clause, Span]]:
    """Yield each of these clauses that is written, with its place, in the order of the text."""
    found = [(clause, span) for node in query.all(Query) for clause, span in node.clauses if clause in clauses]
    yield from sorted(found, key=lambda one: one[1])


def with_query(query: ReviewedQuery, kind: type[AnyNode]) -> Iterator[tuple[AnyNode, Query]]:
    """Yield every node of a kind with the innermost query that it stands in."""
    around: list[Query] = []
    for node in query.nodes:
        while around and not around[-1].span[0] <= node.span[0] < around[-1].span[1]:
            around.pop()
        if isinstance(node, kind) and around:
            yield node, around[-1]
        if isinstance(node, Query):
            around.append(node)


def excerpt(query: ReviewedQuery, span: Span) -> str:
    """Return a part of a query as a message repeats it: on one line, and cut where it is long."""
    text = " ".join(query.text[span[0] : min(span[1], span[0] + 10 * _SHOWN)].split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
