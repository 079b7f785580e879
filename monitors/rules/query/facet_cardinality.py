"""Conditions faceted by what is new with every event: each facet is a signal of its own, without an end to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute, Facet
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from service.metrics import EVENTS, LOG_ATTRIBUTES, METRICS

# Attributes that New Relic's agents give to every event anew.
_AGENTS: Final = (
    *("timestamp", "duration", "traceId", "trace.id", "spanId", "span.id", "guid", "tripId", "transactionId"),
    *("sessionId", "session", "messageId", "request.id", "requestId", "id"),
)
UNIQUE: Final = frozenset(
    {
        *_AGENTS,
        *(one.name for event in EVENTS.values() for one in event.attributes if one.unique),
        *(one.name for metric in METRICS.values() for one in metric.attributes if one.unique),
        *(one.name for one in LOG_ATTRIBUTES if one.unique),
    }
)


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for facet in query.all(Facet):
        for one in facet.by:
            if isinstance(one.expression, Attribute) and one.expression.name in UNIQUE:
                name = one.expression.name
                message = (
                    f"{name} is new with nearly every event, so that FACET {name} makes a signal of one point each: "
                    "past 20,000 facets New Relic stops the condition."
                )
                advice = "Facet by what groups events, such as model or task, or leave FACET out."
                yield in_query(query, one.span, message, advice)


CHECK = Check(
    code="query/facet-cardinality",
    level=Level.WARNING,
    summary="A condition is faceted by an attribute that is new with nearly every event.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
