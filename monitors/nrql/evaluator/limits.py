"""LIMIT: docs.newrelic.com, "NRQL reference": at most 5,000; MAX is that many."""

from __future__ import annotations

from typing import Final

from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.tree import Query, Variable

MOST: Final = 5000


def limit_of(query: Query, default: int) -> int:
    """Return how many rows or facets a query gives."""
    if query.limit is None:
        return default
    count = query.limit.count
    if count is None:
        return MOST
    if isinstance(count, Variable):
        raise NotEvaluated(f"the template variable {{{{{count.name}}}}} as a limit is not evaluated")
    if count > MOST:
        raise NotEvaluated(f"LIMIT {count} is more than New Relic gives; the most is {MOST}")
    return count
