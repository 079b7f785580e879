"""Timeslice and dimensional metrics in one query: New Relic reads one or the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Attribute, Call
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.clauses import with_query
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from monitors.rules.timeslices import VALUE, timeslice_queries


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    if not any(True for _ in timeslice_queries(query)):
        return
    taken: dict[int, list[Attribute]] = defaultdict(list)
    for call, around in with_query(query, Call):
        if is_aggregate(call) and call.arguments and isinstance(call.arguments[0], Attribute):
            taken[id(around)].append(call.arguments[0])
    for attributes in taken.values():
        mixed = [one for one in attributes if one.name != VALUE]
        if 0 < len(mixed) < len(attributes):
            yield in_query(
                query,
                mixed[0].span,
                f"The query reads {VALUE} and the dimensional metric {mixed[0].name}, which New Relic does not mix.",
                "Read each in a query of its own.",
            )


CHECK = Check(
    code="query/timeslice-mixed",
    level=Level.ERROR,
    summary="A query mixes metric timeslice data with dimensional metrics.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
