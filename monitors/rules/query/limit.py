"""LIMIT and OFFSET in a condition: New Relic refuses them, and watches every facet."""

from __future__ import annotations

from monitors.rules.check import Check, of_condition_queries
from monitors.rules.clauses import refusing
from monitors.rules.problem import Level

_ADVICE = "Take it out; narrow the facets with WHERE where not all are meant."

CHECK = Check(
    code="query/limit",
    level=Level.ERROR,
    summary="A condition's query has LIMIT or OFFSET, which New Relic refuses.",
    run=of_condition_queries(refusing("LIMIT", "OFFSET", advice=_ADVICE)),
    for_loose_queries=True,
)
