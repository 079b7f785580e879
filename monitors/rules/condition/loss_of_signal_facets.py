"""Loss of signal on facets that come and go: each that ends opens an incident."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Attribute, Expression
from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.cadence import metrics_of
from monitors.rules.condition.terms import opens_on_silence
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query = one.query.query
    if query is None or query.facet is None or not opens_on_silence(one.spec):
        return
    passing = [selection for selection in query.facet.by if not _is_steady(one, selection.expression)]
    if not passing and not query.facet.cases:
        return
    start, end = (passing[0] if passing else query.facet).span
    shown = one.query.text[start:end]
    yield Finding(
        one.subject,
        "loss_of_signal.open_incident",
        f"Every value of {shown} is a signal of its own, and one that ends for good, such as an instance that is "
        "replaced, "
        "opens an incident.",
        "Leave FACET out of the alert on silence, or facet by what is always there.",
        start,
        end,
    )


def _is_steady(one: ReviewedCondition, expression: Expression) -> bool:
    """Say whether every value of a facet is reported all the time, by what the catalogue declares."""
    if not isinstance(expression, Attribute):
        return False
    metrics = metrics_of(one.query)
    return bool(metrics) and all(
        metric.every_seconds is not None
        and any(attribute.name == expression.name and attribute.values for attribute in metric.attributes)
        for metric in metrics
    )


CHECK = Check(
    code="condition/loss-of-signal-facets",
    level=Level.WARNING,
    summary="Facets that come and go each open an incident by silence.",
    run=of_conditions(_judge),
)
