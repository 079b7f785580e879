"""Monitors whose failure nobody hears of: New Relic records it, and no alert reads it."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.synthetics.readers import check_scopes, monitor_names


def _run(review: Review) -> Iterator[Finding]:
    watched: set[str] = set()
    for query in review.condition_queries:
        for scope in check_scopes(query):
            names = {text.value for text in monitor_names(scope)}
            if not names:
                return  # it reads every monitor's results
            watched |= names
    for monitor in review.stack.observability.monitors:
        if monitor.name not in watched:
            message = "No alert reads the monitor's results: when it fails, nobody is told."
            advice = f"Add a condition on SyntheticCheck WHERE monitorName = '{monitor.name}'."
            yield Finding(review.subject("monitor", monitor), "name", message, advice)


CHECK = Check(
    code="synthetics/unwatched-monitor",
    level=Level.WARNING,
    summary="No alert reads a monitor's results.",
    run=_run,
)
