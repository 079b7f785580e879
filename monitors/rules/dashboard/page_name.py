"""Names of pages that mislead: one that stands for the dashboard's own, or two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for dashboard in review.stack.observability.dashboards:
        subject = review.subject("dashboard", dashboard)
        names = [page.name for page in dashboard.pages]
        if len(names) == 1 and names[0] != dashboard.name:
            message = f'With a single page New Relic shows its name, "{names[0]}", for the dashboard\'s.'
            yield Finding(subject, "pages.0.name", message, f'Name the page "{dashboard.name}" as well.')
        for name, count in Counter(names).items():
            if count > 1:
                message = f'{count} pages are named "{name}": nobody can tell which is meant.'
                yield Finding(subject, "pages", message, "Give each page a name of its own.")


CHECK = Check(
    code="dashboard/page-name",
    level=Level.WARNING,
    summary="A single page has another name than its dashboard, or two pages have one.",
    run=_run,
)
