"""Workflows that tell of the beginning and not of the end: the last thing a channel says is that it is broken."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Trigger


def _run(review: Review) -> Iterator[Finding]:
    for workflow in review.stack.observability.workflows:
        if Trigger.CLOSED not in workflow.triggers:
            told = ", ".join(dict.fromkeys(f'"{channel.destination}"' for channel in workflow.channels))
            message = f"triggers leave out CLOSED: {told} is told that it began, and never that it is over."
            yield Finding(review.subject("workflow", workflow), "triggers", message, "Add Trigger.CLOSED.")


CHECK = Check(
    code="notification/stays-open",
    level=Level.WARNING,
    summary="A workflow never tells that an issue is over.",
    run=_run,
)
