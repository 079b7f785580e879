"""Queries longer than New Relic takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review

MOST_BYTES: Final = 4095  # less than 4 KB: docs.newrelic.com, "Get started with NRQL", rules


def _run(review: Review) -> Iterator[Finding]:
    for query in review.queries:
        size = len(query.text.encode())
        if size > MOST_BYTES:
            yield in_query(
                query,
                (min(MOST_BYTES, len(query.text) - 1), len(query.text)),
                f"The query is {size:,} bytes long, and New Relic takes less than 4 KB.",
                "Replace long lists by LIKE, by an attribute that groups what is meant, or by several queries.",
            )


CHECK = Check(
    code="query/length",
    level=Level.WARNING,
    summary="A query is longer than New Relic takes.",
    run=_run,
    for_loose_queries=True,
)
