"""Pages that do not say where help stands: whoever is woken has to search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import PagerDutyChannel

_RUNBOOK: Final = "accumulations.runbookUrl"


def _run(review: Review) -> Iterator[Finding]:
    for workflow in review.stack.observability.workflows:
        for index, channel in enumerate(workflow.channels):
            if isinstance(channel, PagerDutyChannel):
                templates = (channel.summary, *channel.details.values())
                if not any(_RUNBOOK in template for template in templates):
                    message = f'The page by "{channel.destination}" carries no runbook.'
                    advice = f'Add to details: "runbook": "{{{{json {_RUNBOOK}}}}}".'
                    subject = review.subject("workflow", workflow)
                    yield Finding(subject, f"channels.{index}.details", message, advice)


CHECK = Check(
    code="notification/missing-runbook",
    level=Level.WARNING,
    summary="A page does not carry its runbook.",
    run=_run,
)
