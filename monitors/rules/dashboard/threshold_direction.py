"""Billboards that turn red on the good side: their figures run the other way than the alert on the same value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition, ReviewedQuery
from monitors.rules.widgets import falls
from monitors.spec import BillboardWidget, Operator

_RISING = (Operator.ABOVE, Operator.ABOVE_OR_EQUALS)
_FALLING = (Operator.BELOW, Operator.BELOW_OR_EQUALS)


def _run(review: Review) -> Iterator[Finding]:
    alerts = _by_value(review)
    for widget in review.widgets:
        spec = widget.spec
        if not isinstance(spec, BillboardWidget) or (spec.critical is None and spec.warning is None):
            continue
        for query in widget.queries:
            for condition in alerts.get(_value(query), ()):
                alert_falls = condition.spec.thresholds[0].operator in _FALLING
                if alert_falls != falls(spec):
                    side, other = ("low", "high") if alert_falls else ("high", "low")
                    message = f'The billboard colours {other} values, and "{condition.spec.name}" opens on {side} ones.'
                    yield Finding(widget.subject, "critical", message, _advice(alert_falls=alert_falls))
                    break


def _advice(*, alert_falls: bool) -> str:
    if alert_falls:
        return "Give a warning above the critical figure: New Relic then colours values below them."
    return "Give a warning below the critical figure, or no warning: New Relic then colours values above them."


def _by_value(review: Review) -> Mapping[str, list[ReviewedCondition]]:
    found: defaultdict[str, list[ReviewedCondition]] = defaultdict(list)
    for condition in review.conditions:
        spec = condition.spec
        if spec.baseline is None and spec.thresholds[0].operator in (*_RISING, *_FALLING):
            value = _value(condition.query)
            if value:
                found[value].append(condition)
    return found


def _value(query: ReviewedQuery) -> str:
    """Return what a query gives, as it is written: its sources and its one expression."""
    tree = query.query
    if tree is None or len(tree.select) != 1:
        return ""
    return f"{query.text[slice(*tree.source.span)]} {query.text[slice(*tree.select[0].expression.span)]}"


CHECK = Check(
    code="dashboard/threshold-direction",
    level=Level.WARNING,
    summary="A billboard colours the other side than the alert on the same value.",
    run=_run,
)
