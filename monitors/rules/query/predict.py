"""PREDICT in a condition: New Relic refuses it."""

from __future__ import annotations

from monitors.rules.check import Check, of_condition_queries
from monitors.rules.clauses import refusing
from monitors.rules.problem import Level

_ADVICE = "Take it out; alert on the value itself, with a threshold early enough to act on."

CHECK = Check(
    code="query/predict",
    level=Level.ERROR,
    summary="A condition's query has PREDICT, which New Relic refuses.",
    run=of_condition_queries(refusing("PREDICT", advice=_ADVICE)),
    for_loose_queries=True,
)
