"""Sections that leave out a part that every section has: at three in the morning people look for it in its place."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.runbook.sections import PARTS


def _run(review: Review) -> Iterator[Finding]:
    for condition in review.conditions:
        runbook = condition.spec.runbook
        parts = (review.runbook_anchors or {}).get(runbook.file, {}).get(runbook.anchor)
        if parts is None or parts == PARTS:
            continue
        missing = [part for part in PARTS if part not in parts]
        if missing:
            message = f"The section {runbook.anchor} of {runbook.file} lacks {', '.join(missing)}."
            advice = "Add " + ", ".join(f"a line **{part}**" for part in missing) + "."
        else:
            message = f"The section {runbook.anchor} of {runbook.file} has its parts in another order or twice."
            advice = f"Order them: {', '.join(PARTS)}."
        yield Finding(condition.subject, "runbook.anchor", message, advice)


CHECK = Check(
    code="runbook/incomplete-section",
    level=Level.WARNING,
    summary="An alert's runbook section lacks one of the fixed parts.",
    run=_run,
)
