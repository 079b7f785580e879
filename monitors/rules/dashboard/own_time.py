"""Widgets that are to keep their own time, and have none."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        if not getattr(widget.spec, "ignores_time_range", False):
            continue
        for query in widget.queries:
            if query.query is not None and query.query.since is None:
                end = len(query.text.rstrip())
                message = "ignores_time_range is set, and the query has no SINCE: it shows the last hour, always."
                yield in_query(query, (end - 1, end), message, "Write SINCE, or leave ignores_time_range out.")


CHECK = Check(
    code="dashboard/own-time",
    level=Level.WARNING,
    summary="A widget ignores the dashboard's time and has none of its own.",
    run=_run,
)
