"""Alerts without a section in their runbook: the page opens a file, and whoever was woken reads it from the top."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.suggestions import suggest
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    files = review.runbook_anchors or {}
    for condition in review.conditions:
        runbook = condition.spec.runbook
        anchors = files.get(runbook.file)
        if anchors is None or runbook.anchor in anchors:
            continue
        elsewhere = next((file for file, known in files.items() if runbook.anchor in known), None)
        near = suggest(runbook.anchor, anchors)
        heading = runbook.anchor.replace("-", " ").capitalize()
        if elsewhere is not None:
            advice = f"{elsewhere} has one: name that file, or move the section."
        elif near is not None:
            advice = f"It has {near}: give heading and key the same words."
        else:
            advice = f'Add a section "## {heading}".'
        message = f"{runbook.file} has no section {runbook.anchor}: the page's link opens the file at its top."
        yield Finding(condition.subject, "runbook.anchor", message, advice)


CHECK = Check(
    code="runbook/missing-section",
    level=Level.ERROR,
    summary="An alert has no section in its runbook.",
    run=_run,
)
