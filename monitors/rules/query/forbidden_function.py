"""Functions that New Relic refuses in a condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.functions import FUNCTIONS
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery

_INSTEAD: Final = {
    "histogram": "Alert on one number of the distribution, such as percentile(attribute, 95).",
    "cardinality": "Watch it on a dashboard; uniqueCount(attribute) counts distinct values in a condition.",
    "bytecountestimate": "Watch it on a dashboard; NrConsumption holds what was ingested, and may be alerted on.",
}


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for call in query.calls:
        if FUNCTIONS[call.function.lower()].in_alerts == "refused":
            message = f"New Relic refuses {call.function}() in a condition."
            advice = _INSTEAD.get(call.function, "Use another function, or show it on a dashboard.")
            yield in_query(query, call.name_span, message, advice)


CHECK = Check(
    code="query/forbidden-function",
    level=Level.ERROR,
    summary="A condition's query has a function that New Relic refuses there.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
