"""COMPARE WITH in a condition: New Relic refuses it."""

from __future__ import annotations

from monitors.rules.check import Check, of_condition_queries
from monitors.rules.clauses import refusing
from monitors.rules.problem import Level

_ADVICE = "Take it out; to compare with what is usual, give the condition a baseline."

CHECK = Check(
    code="query/compare-with",
    level=Level.ERROR,
    summary="A condition's query has COMPARE WITH, which New Relic refuses.",
    run=of_condition_queries(refusing("COMPARE WITH", advice=_ADVICE)),
    for_loose_queries=True,
)
