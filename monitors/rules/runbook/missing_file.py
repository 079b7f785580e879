"""Alerts whose runbook file does not exist: the link in the page leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.suggestions import suggest
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    files = review.runbook_anchors
    if files is None:
        return
    for condition in review.conditions:
        file = condition.spec.runbook.file
        if file not in files:
            message = f"There is no runbook {file}: the link in the page leads nowhere."
            near = suggest(file, files)
            advice = f"Did you mean {near}?" if near else f"Write runbooks/{file}, with a section for this alert."
            yield Finding(condition.subject, "runbook.file", message, advice)


CHECK = Check(
    code="runbook/missing-file",
    level=Level.ERROR,
    summary="An alert's runbook does not exist.",
    run=_run,
)
