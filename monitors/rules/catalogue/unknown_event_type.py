"""Event types that neither the service nor New Relic records: the query finds nothing, and says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.suggestions import suggest
from monitors.rules.catalogue.vendor_types import VENDOR_TYPES
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.condition.cloud_polling import POLLED
from monitors.rules.problem import Level
from monitors.rules.reading import scopes
from monitors.rules.review import ReviewedQuery
from service.metrics import EVENTS, METRICS

_KNOWN = frozenset({"Metric", *EVENTS, *VENDOR_TYPES})


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for scope in scopes(query):
        for source in scope.sources:
            if source.name not in _KNOWN and not source.name.startswith("Log_") and not POLLED.fullmatch(source.name):
                message = f"Nothing records the event type {source.name}: the query would find no row, ever."
                yield in_query(query, source.span, message, _advice(source.name))


def _advice(name: str) -> str:
    if name in METRICS:
        return f"{name} is a metric: write FROM Metric, and the name in backquotes in SELECT."
    near = suggest(name, _KNOWN)
    if near:
        return f"Did you mean {near}?"
    return f"The service records {', '.join(EVENTS)} and metrics (FROM Metric); service/metrics.py declares them."


CHECK = Check(
    code="catalogue/unknown-event-type",
    level=Level.ERROR,
    summary="A query reads an event type that nothing records.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
