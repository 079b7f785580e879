"""Conditions that no row meets: an attribute is to be two things at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitors.nrql.tree import Expression, Query, Where
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt, with_query
from monitors.rules.constraints import Demand, clash, conjuncts, demand
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for inner in query.all(Query):
        if inner.where is not None:
            yield from _clashes(query, tuple(conjuncts(inner.where)))
    for where, around in with_query(query, Where):
        outer = () if around.where is None else tuple(conjuncts(around.where))
        yield from _clashes(query, (*outer, *conjuncts(where.condition)), known=len(outer))


def _clashes(query: ReviewedQuery, parts: tuple[Expression, ...], known: int = 0) -> Iterator[Finding]:
    """Yield a finding for each attribute that cannot meet all parts; the first `known` alone were judged before."""
    by_name: dict[str, list[Demand]] = defaultdict(list)
    own = {id(part) for part in parts[known:]}
    for part in parts:
        found = demand(part)
        if found is not None:
            by_name[found.name].append(found)
    for name, demands in by_name.items():
        pair = clash(demands)
        if pair is not None and any(id(one.part) in own for one in pair):
            first, second = sorted((one.part for one in pair), key=lambda part: part.span)
            yield in_query(
                query,
                second.span,
                f"No row is both {excerpt(query, first.span)} and {excerpt(query, second.span)}: nothing is selected.",
                f"Join them with OR, or {name} IN (...), where either is meant; else drop one.",
            )


CHECK = Check(
    code="query/contradiction",
    level=Level.ERROR,
    summary="A condition demands two things of an attribute that no row meets together.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
