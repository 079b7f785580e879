"""Widgets of one page with the same title: in a page or a report nobody can tell which is meant."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedWidget


def _run(review: Review) -> Iterator[Finding]:
    seen: dict[tuple[str, str, str], ReviewedWidget] = {}
    for widget in review.widgets:
        title = widget.spec.title
        same = (widget.dashboard.key, widget.page.name, title)
        if title and same in seen:
            first = seen[same].spec.place
            message = f'The page has another widget "{title}", at row {first.row}, column {first.column}.'
            yield Finding(widget.subject, "title", message, "Give each widget of a page a title of its own.")
        elif title:
            seen[same] = widget


CHECK = Check(
    code="dashboard/repeated-title",
    level=Level.WARNING,
    summary="Two widgets of a page have the same title.",
    run=_run,
)
