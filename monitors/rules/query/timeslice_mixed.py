"""Timeslice and dimensional metrics in one query: New Relic reads one or the other."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Attribute, Call, Query
from monitors.nrql.walk import walk
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from monitors.rules.timeslices import VALUE, own_attributes, timeslice_queries


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for inner, _ in timeslice_queries(query):
        taken = _aggregated(inner)
        mixed = [one for one in taken if one.name != VALUE]
        if mixed and any(one.name == VALUE for one in taken):
            yield in_query(
                query,
                mixed[0].span,
                f"The query reads {VALUE} and the dimensional metric {mixed[0].name}, which New Relic does not mix.",
                "Read each in a query of its own.",
            )


def _aggregated(inner: Query) -> list[Attribute]:
    own = {id(one) for one in own_attributes(inner)}
    calls = [node for one in inner.select for node in walk(one.expression) if isinstance(node, Call)]
    firsts = [call.arguments[0] for call in calls if is_aggregate(call) and call.arguments]
    return [one for one in firsts if isinstance(one, Attribute) and id(one) in own]


CHECK = Check(
    code="query/timeslice-mixed",
    level=Level.ERROR,
    summary="A query mixes metric timeslice data with dimensional metrics.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
