"""Webhooks that are called for a mere warning: what they set off was meant for an incident."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.routes import conditions_of
from monitors.spec import Priority, WebhookChannel


def _run(review: Review) -> Iterator[Finding]:
    seen = review.stack.observability
    for workflow in seen.workflows:
        if Priority.HIGH not in workflow.priorities:
            continue
        warning = next((one for one in conditions_of(workflow, seen) if one.warning is not None), None)
        for channel in workflow.channels:
            if isinstance(channel, WebhookChannel) and warning is not None:
                message = (
                    f'The workflow takes HIGH issues, so that the warning of "{warning.name}" calls '
                    f'"{channel.destination}" as its critical threshold does.'
                )
                advice = "Take CRITICAL issues alone, or send warnings by a workflow without the webhook."
                yield Finding(review.subject("workflow", workflow), "priorities", message, advice)


CHECK = Check(
    code="notification/acts-on-warning",
    level=Level.WARNING,
    summary="A warning calls a webhook.",
    run=_run,
)
