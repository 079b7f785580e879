"""SLIDE BY in a condition's text: New Relic refuses it; a signal slides by a setting of its own."""

from __future__ import annotations

from monitors.rules.check import Check, of_condition_queries
from monitors.rules.clauses import refusing
from monitors.rules.problem import Level

CHECK = Check(
    code="query/slide-by",
    level=Level.ERROR,
    summary="A condition's query has SLIDE BY, which New Relic takes as a setting only.",
    run=of_condition_queries(refusing("SLIDE BY", advice="Take it out, and give signal.slide_seconds.")),
    for_loose_queries=True,
)
