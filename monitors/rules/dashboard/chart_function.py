"""Functions that a kind of chart needs or cannot draw.

Source: docs.newrelic.com, "Chart types": funnels of up to eight steps, heat maps of histogram(), pies of parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Call, Query
from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedQuery
from monitors.rules.widgets import kind_of

_NEEDED: Final = {"histogram": "histogram", "heatmap": "histogram", "funnel": "funnel"}
_NO_PARTS: Final = frozenset({"average", "apdex", "min", "max", "percentage", "percentile"})
_STEPS_MOST: Final = 8


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        for query in widget.queries:
            if query.query is not None:
                yield from _judge(query, query.query, kind_of(widget.spec))


def _judge(query: ReviewedQuery, tree: Query, kind: str) -> Iterator[Finding]:
    calls = {call.function: call for call in (one.expression for one in tree.select) if isinstance(call, Call)}
    first = tree.select[0].expression
    needed = _NEEDED.get(kind)
    if needed is not None and needed not in calls:
        yield in_query(
            query, first.span, f"A {kind} draws {needed}(), and the query has none.", f"Select {needed}(...)."
        )
    for drawn in ("histogram", "funnel"):
        if drawn in calls and _NEEDED.get(kind) != drawn:
            message = f"{drawn}() gives a list of values, which a {kind} does not draw."
            yield in_query(query, calls[drawn].span, message, f"Make the widget a {drawn}.")
    if "funnel" in calls and kind == "funnel" and len(calls["funnel"].arguments) - 1 > _STEPS_MOST:
        steps = len(calls["funnel"].arguments) - 1
        message = f"The funnel has {steps} steps, and New Relic draws {_STEPS_MOST} at most."
        yield in_query(query, calls["funnel"].span, message, "Leave steps out, or make two funnels.")
    if kind == "pie" and not _NO_PARTS.isdisjoint(calls):
        name = sorted(_NO_PARTS & set(calls))[0]
        message = f"A pie shows parts of a whole, and {name}() gives none: its values do not add up."
        yield in_query(query, calls[name].span, message, "Make the widget a bar, or select a count or a sum.")
    if kind == "log_table" and any(is_aggregate(call) for call in calls.values()):
        message = "A log table shows rows, and the query aggregates them."
        yield in_query(query, first.span, message, "Make the widget a table, or select attributes.")


CHECK = Check(
    code="dashboard/chart-function",
    level=Level.ERROR,
    summary="A widget's query selects what its kind of chart cannot draw.",
    run=_run,
)
