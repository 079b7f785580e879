"""Conditions that every row meets: two exclusions joined with OR exclude nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitors.nrql.tree import Logical
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import excerpt
from monitors.rules.constraints import Demand, demand
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.all(Logical):
        if node.operator == "OR":
            by_name: dict[str, list[Demand]] = defaultdict(list)
            for part in node.parts:
                found = demand(part)
                if found is not None and (found.never or found.only):
                    by_name[found.name].append(found)
            for name, demands in by_name.items():
                if _leaves_nothing_out(demands):
                    yield in_query(
                        query,
                        node.span,
                        f"{excerpt(query, node.span)} is true of every row that has {name}: it leaves nothing out.",
                        f"Join exclusions with AND, or write {name} NOT IN (...).",
                    )


def _leaves_nothing_out(demands: list[Demand]) -> bool:
    excluding = [one.never for one in demands if one.never]
    taken = frozenset[object]().union(*(one.only for one in demands if one.only))
    if not excluding:
        return False
    return not frozenset.intersection(*excluding) - taken


CHECK = Check(
    code="query/tautology",
    level=Level.ERROR,
    summary="Exclusions are joined with OR, so that they leave nothing out.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
