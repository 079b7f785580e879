"""Pages on the word of a single place: when that place has no network, somebody is woken for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.synthetics.readers import check_scopes, monitor_names


def _run(review: Review) -> Iterator[Finding]:
    by_name = {monitor.name: monitor for monitor in review.stack.observability.monitors}
    for condition in review.conditions:
        if not condition.spec.severity.pages:
            continue
        for scope in check_scopes(condition.query):
            for text in monitor_names(scope):
                monitor = by_name.get(text.value)
                if monitor is not None and len(monitor.locations) == 1:
                    message = (
                        f'Monitor "{monitor.name}" checks from {monitor.locations[0]} alone, and '
                        f'"{condition.spec.name}" ({condition.spec.severity}) pages on it.'
                    )
                    advice = "Check from three places, and page when most of them fail."
                    yield Finding(review.subject("monitor", monitor), "locations", message, advice)


CHECK = Check(
    code="synthetics/one-location",
    level=Level.WARNING,
    summary="An alert pages on a monitor with a single location.",
    run=_run,
)
