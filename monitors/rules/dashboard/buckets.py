"""More steps over time than New Relic draws: it refuses the query, or takes wider steps than are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Duration, Query
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from monitors.rules.times import in_words, window_seconds

_MOST: Final = 366  # docs.newrelic.com, "NRQL syntax, clauses, and functions": TIMESERIES

_STEPS: Final = (1, 5, 10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400)


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    if query.use == "condition":
        return  # a condition has no TIMESERIES at all
    for node in query.nodes:
        if isinstance(node, Query) and node.timeseries is not None:
            yield from _of_query(query, node)


def _of_query(query: ReviewedQuery, tree: Query) -> Iterator[Finding]:
    series, window = tree.timeseries, window_seconds(tree)
    if series is None or window is None:
        return
    step = series.slide_by or series.step
    if step is None or not isinstance(step.width, Duration):
        return
    width = step.width.seconds
    if width <= 0:
        yield in_query(query, step.span, "The step is no time at all.", "Give a step such as 1 minute.")
        return
    buckets = window / width
    if buckets > _MOST:
        message = (
            f"{in_words(window)} at steps of {in_words(width)} are {buckets:,.0f} points, and New Relic draws {_MOST} "
            "at most."
        )
        advice = f"Take steps of {in_words(_fitting(window))}, a shorter time, or TIMESERIES AUTO."
        yield in_query(query, tree.clause("TIMESERIES") or series.span, message, advice)


def _fitting(window: float) -> float:
    """Return the shortest usual step that a window can be drawn at."""
    return next((step for step in _STEPS if window / step <= _MOST), window / _MOST)


CHECK = Check(
    code="dashboard/buckets",
    level=Level.ERROR,
    summary="A query asks for more steps over time than New Relic draws.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
