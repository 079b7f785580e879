"""TIMESERIES missing where a chart is drawn over time, or written where a chart shows one moment.

Source: docs.newrelic.com, "Chart types".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedWidget
from monitors.rules.widgets import kind_of

_OVER_TIME: Final = frozenset({"line", "area", "stacked_bar"})
_OF_ONE_MOMENT: Final = frozenset({"bar", "billboard", "bullet", "funnel", "histogram"})


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        yield from _judge(widget, kind_of(widget.spec))


def _judge(widget: ReviewedWidget, kind: str) -> Iterator[Finding]:
    for query in widget.queries:
        tree = query.query
        if tree is None:
            continue
        if kind in _OVER_TIME and tree.timeseries is None:
            message = f"A {kind} chart is drawn over time, and the query has no TIMESERIES: there is nothing to draw."
            end = len(query.text.rstrip())
            yield in_query(query, (end - 1, end), message, "Add TIMESERIES AUTO.", Level.ERROR)
        if kind in _OF_ONE_MOMENT and tree.timeseries is not None:
            message = f"A {kind} shows no course of time, and the query has TIMESERIES."
            span = tree.clause("TIMESERIES") or (0, 1)
            yield in_query(query, span, message, "Take TIMESERIES out, or draw a line chart.")


CHECK = Check(
    code="dashboard/timeseries",
    level=Level.WARNING,
    summary="A chart over time has no TIMESERIES, or one of a moment has it.",
    run=_run,
)
