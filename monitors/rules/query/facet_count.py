"""Facets by more attributes than New Relic takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Facet
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

MOST: Final = 5  # docs.newrelic.com, "NRQL reference", FACET


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.all(Facet):
        if len(node.by) > MOST:
            yield in_query(
                query,
                (node.by[MOST].span[0], node.by[-1].span[1]),
                f"FACET takes up to {MOST} attributes, and this one has {len(node.by)}.",
                "Leave some out, or join two into one: FACET concat(model, '/', task).",
            )


CHECK = Check(
    code="query/facet-count",
    level=Level.ERROR,
    summary="FACET has more than five attributes.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
