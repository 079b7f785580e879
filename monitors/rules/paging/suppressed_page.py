"""Event rules that make no incident of a page."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.page_paths import page_paths
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for path in page_paths(review.stack):
        for index, rule in enumerate(path.service.event_rules):
            if rule.suppress:
                message = f'"{rule.label}" suppresses: a {path.worst} that meets {rule.condition} calls nobody.'
                advice = "Route such events to a service that calls nobody, or stop sending them."
                yield Finding(
                    review.subject("pagerduty-service", path.service), f"event_rules.{index}.suppress", message, advice
                )


CHECK = Check(
    code="paging/suppressed-page",
    level=Level.WARNING,
    summary="An event rule suppresses pages.",
    run=_run,
)
