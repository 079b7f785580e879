"""Queries longer than New Relic takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

TOO_MANY_BYTES: Final = 4096  # docs.newrelic.com, "Get started with NRQL": a query is less than 4 KB


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    size_bytes = len(query.text.encode("utf-8", "surrogatepass"))
    if size_bytes >= TOO_MANY_BYTES:
        message = f"The query has {size_bytes:,} bytes, and New Relic takes less than {TOO_MANY_BYTES:,}."
        advice = "Shorten it: a LIKE or RLIKE for a long list, an attribute that groups what is listed, or two queries."
        yield in_query(query, (0, 1), message, advice)


CHECK = Check(
    code="query/text-length",
    level=Level.ERROR,
    summary="A query is longer than New Relic takes.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
