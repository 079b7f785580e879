"""Attributes that the queried metrics and events do not carry: a filter on one lets nothing through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitors.nrql.suggestions import suggest
from monitors.rules.catalogue.unknown_metric import is_metric_name
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.reading import Carrier, Name, Scope, is_vendors, of_event_type, of_metric, scopes
from monitors.rules.review import ReviewedQuery
from service.metrics import EVENTS, METRICS

_NAMED_AT_MOST, _SHOWN_AT_MOST = 3, 12


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for scope in scopes(query):
        if not scope.is_plain:
            continue
        for name in scope.names:
            if name.text in METRICS or name.text in scope.own_words or _is_free(scope, name):
                continue
            lacking = _lacking(scope, name)
            if lacking:
                message = f"{_listed(one.title for one in lacking)} {_has(lacking)} no attribute {name.text}."
                yield in_query(query, name.node.span, message, _advice(name.text, lacking))


def _is_free(scope: Scope, name: Name) -> bool:
    """Say whether a name is for another check to judge, or for none."""
    if scope.reads_metrics:
        return is_vendors(name.text) or is_metric_name(scope, name)
    return name.text.startswith(("tags.", "nr.", "newrelic."))


def _lacking(scope: Scope, name: Name) -> tuple[Carrier, ...]:
    """Return what is read and does not carry the name; of several event types one that has it is enough."""
    carriers = scope.carriers(name)
    if not carriers:  # FROM Metric without a metric: count(*), for one
        return () if _carrying(name.text) else (Carrier("Metric", {}),)
    without = tuple(one for one in carriers if name.text not in one.attributes)
    if len(scope.sources) > 1 and len(without) < len(carriers):
        return ()
    closed = tuple(one for one in without if one.closed)
    # An event type that takes custom attributes may have this one; a near miss of a known one is more likely.
    if without and not closed and suggest(name.text, without[0].attributes):
        return without
    return closed


def _advice(name: str, lacking: Sequence[Carrier]) -> str:
    known = set.intersection(*(set(one.attributes) for one in lacking))
    near = suggest(name, known)
    if near:
        return f"Did you mean {near}?"
    others = _carrying(name)
    carried = f"{name} is carried by {_listed(others)}. " if others else ""
    if not known or len(known) > _SHOWN_AT_MOST:
        return f"{carried}service/metrics.py declares what each metric and event carries."
    return f"{carried}Known here: {', '.join(sorted(known - {'timestamp'}))}."


def _carrying(name: str) -> list[str]:
    events = [one for one in EVENTS if name in of_event_type(one).attributes]
    return events + [one for one in METRICS if name in of_metric(one).attributes]


def _listed(titles: Iterable[str]) -> str:
    every = list(titles)
    more = len(every) - _NAMED_AT_MOST
    if more > 1:
        return f"{', '.join(every[:_NAMED_AT_MOST])} and {more} others"
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}"


def _has(carriers: Sequence[Carrier]) -> str:
    return "has" if len(carriers) == 1 else "have"


CHECK = Check(
    code="catalogue/unknown-attribute",
    level=Level.ERROR,
    summary="A query names an attribute that what it reads does not carry.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
