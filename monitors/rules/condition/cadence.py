"""How often the points of a condition's query come, as far as specs and the metric catalogue say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute, Comparison, Expression, Is, Membership, Query, Text
from monitors.nrql.walk import walk
from monitors.rules.constraints import conjuncts
from monitors.rules.review import ReviewedQuery
from service.metrics import EVENTS, METRICS, Metric

_MINUTE, _HOUR = 60, 3600
PERIOD_SECONDS: Final = {
    "EVERY_MINUTE": _MINUTE,
    "EVERY_5_MINUTES": 5 * _MINUTE,
    "EVERY_10_MINUTES": 10 * _MINUTE,
    "EVERY_15_MINUTES": 15 * _MINUTE,
    "EVERY_30_MINUTES": 30 * _MINUTE,
    "EVERY_HOUR": _HOUR,
    "EVERY_6_HOURS": 6 * _HOUR,
    "EVERY_12_HOURS": 12 * _HOUR,
    "EVERY_DAY": 24 * _HOUR,
}
# Event types that New Relic writes for failures alone.
_FAILURES: Final = frozenset({"TransactionError", "JavaScriptError", "MobileCrash", "NrIntegrationError"})
_FAILED: Final = frozenset({"error", "timeout", "critical", "failed", "failure", "fatal"})


def metrics_of(query: ReviewedQuery) -> tuple[Metric, ...]:
    """Return the declared metrics that a query names, each once."""
    named = (METRICS.get(node.name) for node in query.all(Attribute))
    return tuple(dict.fromkeys(metric for metric in named if metric is not None))


def monitor_names(query: Query) -> Iterator[str]:
    """Yield the synthetic monitors that a query is narrowed to."""
    for part in () if query.where is None else conjuncts(query.where):
        match part:
            case Comparison(operator="=", left=Attribute(name="monitorName"), right=Text(value=name)):
                yield name


def rare_source(query: Query) -> str:
    """Return what of a query's source comes seldom; empty where nothing is known to."""
    read = query.source.event_types
    for name in sorted(read):
        if name in _FAILURES or (name in EVENTS and EVENTS[name].rare):
            return f"Points of {name}"
    for part in () if query.where is None else conjuncts(query.where):
        failures = _failures(part)
        if failures:
            return failures
    named = [METRICS[one.name] for one in _selected(query) if one.name in METRICS]
    if read == {"Metric"} and named and all(metric.rare for metric in named):
        return f"Points of {named[0].name}"
    return ""


def _failures(part: Expression) -> str:
    match part:
        case Comparison(operator="=", left=Attribute(name=name), right=Text(value=value)) if value.lower() in _FAILED:
            return f"Rows with {name} = '{value}'"
        case Membership(operand=Attribute(name=name), options=tuple() as options, negated=False):
            texts = [one.value.lower() for one in options if isinstance(one, Text)]
            if texts and len(texts) == len(options) and set(texts) <= _FAILED:
                return f"Rows with {name} IN ({', '.join(repr(text) for text in texts)})"
        case Is(operand=Attribute(name="error"), what="TRUE", negated=False):
            return "Rows with error IS TRUE"
        case Is(operand=Attribute(name="success"), what="FALSE", negated=False):
            return "Rows with success IS FALSE"
    return ""


def _selected(query: Query) -> Iterator[Attribute]:
    for selection in query.select:
        yield from (node for node in walk(selection) if isinstance(node, Attribute))
