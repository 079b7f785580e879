"""Metrics that are emitted, paid for, and looked at by nobody."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.reading import scopes
from monitors.rules.review import Review
from monitors.rules.subjects import Subject
from service.metrics import METRICS


def _run(review: Review) -> Iterator[Finding]:
    if not review.queries:
        return
    seen = {metric.name for query in review.queries for scope in scopes(query) for metric in scope.metrics}
    for name in METRICS:
        if name not in seen:
            yield Finding(
                Subject(f"metric {name}", f"metric/{name}", None),
                "",
                f"No alert watches {name} and no dashboard shows it.",
                "Show it, alert on it, or take it out of service/metrics.py: it is paid for.",
            )


CHECK = Check(
    code="catalogue/unwatched-metric",
    level=Level.NOTE,
    summary="A metric is emitted, and no alert, dashboard or service level reads it.",
    run=_run,
)
