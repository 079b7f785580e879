"""Timeslice metrics without an application: New Relic needs appName, appId or entity.guid in WHERE."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Attribute
from monitors.nrql.walk import walk
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from monitors.rules.timeslices import timeslice_queries

_APPLICATIONS = frozenset({"appName", "appId", "entity.guid", "entityGuid"})


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for inner, span in timeslice_queries(query):
        names = () if inner.where is None else tuple(n.name for n in walk(inner.where) if isinstance(n, Attribute))
        if not _APPLICATIONS & set(names):
            yield in_query(
                query,
                span,
                "The query reads metric timeslice data of no application, which gives no data at all.",
                "Add appName = '...', appId = ... or entity.guid = '...' to WHERE.",
            )


CHECK = Check(
    code="query/timeslice-app",
    level=Level.ERROR,
    summary="A query reads metric timeslice data and names no application.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
