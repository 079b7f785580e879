"""Metrics that nothing emits: New Relic takes any name, and the alert waits for data that never comes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from monitors.nrql.suggestions import suggest
from monitors.nrql.tree import Attribute, Comparison, Text
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.reading import Name, Scope, conjuncts, is_vendors, scopes
from monitors.rules.review import ReviewedQuery
from service.metrics import METRICS


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for scope in scopes(query):
        if not (scope.reads_metrics and scope.is_plain):
            continue
        for name in scope.names:
            if is_metric_name(scope, name) and name.text not in METRICS:
                yield _finding(query, name.text, name.node.span)
        for part in conjuncts(scope.query.where):
            match part:
                case Comparison(operator="=", left=Attribute(name="metricName"), right=Text(value=text) as node):
                    if text not in METRICS and not is_vendors(text):
                        yield _finding(query, text, node.span)


def is_metric_name(scope: Scope, name: Name) -> bool:
    """Say whether a name in `FROM Metric` is meant as a metric: by its slash, or as what an aggregate takes."""
    text = name.text
    if is_vendors(text) or text in scope.own_words:
        return False
    if "/" in text:
        return True
    call = name.within
    measured = call is not None and call.function not in ("uniqueCount", "uniques", "count", "latest", "earliest")
    return measured and name.filters is None and text not in _ATTRIBUTES


def _finding(query: ReviewedQuery, name: str, span: tuple[int, int]) -> Finding:
    near = suggest(name, METRICS) or _resembling(name)
    advice = f"Did you mean `{near}`?" if near else "service/metrics.py declares every metric; name one of those."
    message = f"Nothing emits the metric {name}: the query would give no value, ever."
    return in_query(query, span, message, advice)


def _resembling(name: str) -> str | None:
    """Return the one metric with the same last word, whose folder is wrong or missing, else one much alike."""
    wanted = name.rpartition("/")[2].lower()
    found = [metric for metric in METRICS if metric.rpartition("/")[2].lower() == wanted]
    return found[0] if len(found) == 1 else next(iter(get_close_matches(name, METRICS, n=1, cutoff=0.8)), None)


_ATTRIBUTES = frozenset(
    {*("service", "env", "instance", "version", "timestamp"), *(a.name for m in METRICS.values() for a in m.attributes)}
)

CHECK = Check(
    code="catalogue/unknown-metric",
    level=Level.ERROR,
    summary="A query reads a metric that nothing emits.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
