"""SINCE and UNTIL in a condition: New Relic refuses them, since the signal's window says what time is meant."""

from __future__ import annotations

from monitors.rules.check import Check, of_condition_queries
from monitors.rules.clauses import refusing
from monitors.rules.problem import Level

_ADVICE = "Take it out; signal.window_seconds says how much time each value covers."

CHECK = Check(
    code="query/time-range",
    level=Level.ERROR,
    summary="A condition's query has SINCE or UNTIL, which New Relic refuses.",
    run=of_condition_queries(refusing("SINCE", "UNTIL", advice=_ADVICE)),
    for_loose_queries=True,
)
