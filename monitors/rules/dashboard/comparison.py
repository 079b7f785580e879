"""COMPARE WITH that compares a time with itself, or has no time of its own to compare."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Ago, Query
from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedQuery
from monitors.rules.times import in_words, window_seconds
from monitors.rules.widgets import kind_of, shown


def _run(review: Review) -> Iterator[Finding]:
    for query in review.queries:
        if query.use != "condition" and query.query is not None and query.query.compare_with is not None:
            yield from _judge(query, query.query)
    for widget in review.widgets:
        kind = kind_of(widget.spec)
        for query in widget.queries:
            tree = query.query
            if tree is None or tree.compare_with is None:
                continue
            if kind == "bullet" or (kind == "billboard" and shown(widget.spec)):
                message = f"A {kind} with COMPARE WITH shows two values, and New Relic then colours none."
                advice = (
                    "Take COMPARE WITH out, or the thresholds." if kind == "billboard" else "Take COMPARE WITH out."
                )
                yield in_query(query, tree.clause("COMPARE WITH") or (0, 1), message, advice)


def _judge(query: ReviewedQuery, tree: Query) -> Iterator[Finding]:
    span = tree.clause("COMPARE WITH") or (0, 1)
    if tree.since is None:
        message = "COMPARE WITH has no SINCE beside it: what is compared is whatever time is chosen on the dashboard."
        yield in_query(query, span, message, "Write SINCE, such as SINCE 1 day ago COMPARE WITH 1 week ago.")
        return
    window = window_seconds(tree)
    if isinstance(tree.compare_with, Ago) and window is not None and tree.compare_with.duration.seconds < window:
        message = (
            f"The query looks at {in_words(window)} and compares with {in_words(tree.compare_with.duration.seconds)} "
            "before: most of both is the same time."
        )
        yield in_query(query, span, message, f"Compare with {in_words(window)} ago or earlier.")


CHECK = Check(
    code="dashboard/comparison",
    level=Level.WARNING,
    summary="COMPARE WITH has no time of its own, or compares a time with itself.",
    run=_run,
)
