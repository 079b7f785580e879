"""Services of prod that take a page and wake nobody: at low urgency PagerDuty sends what can wait until morning."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.page_paths import page_paths
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Service, SupportHours


def _run(review: Review) -> Iterator[Finding]:
    if review.stack.name == "staging":
        return
    for path in page_paths(review.stack):
        when = _low(path.service)
        if when is not None:
            message = f"A {path.worst} has low urgency {when}: by most people's rules that wakes nobody."
            advice = 'Use ConstantUrgency(urgency="high") for what pages in prod.'
            yield Finding(review.subject("pagerduty-service", path.service), "urgency", message, advice)


def _low(service: Service) -> str | None:
    urgency = service.urgency
    if not isinstance(urgency, SupportHours):
        return "at every hour" if urgency.urgency == "low" else None
    if urgency.inside == "low":
        return "within support hours" if urgency.outside == "high" else "at every hour"
    return f"outside {urgency.start} to {urgency.end}" if urgency.outside == "low" else None


CHECK = Check(
    code="paging/low-urgency",
    level=Level.ERROR,
    summary="A page of prod has low urgency.",
    run=_run,
)
