"""TIMESERIES in a condition: New Relic refuses it, since the signal is a series of windows already."""

from __future__ import annotations

from monitors.rules.check import Check, of_condition_queries
from monitors.rules.clauses import refusing
from monitors.rules.problem import Level

_ADVICE = "Take it out; signal.window_seconds is the width of a bucket, and signal.slide_seconds how far it slides."

CHECK = Check(
    code="query/timeseries",
    level=Level.ERROR,
    summary="A condition's query has TIMESERIES, which New Relic refuses.",
    run=of_condition_queries(refusing("TIMESERIES", advice=_ADVICE)),
    for_loose_queries=True,
)
