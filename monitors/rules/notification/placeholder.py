"""Placeholders that New Relic does not know: it fills them with nothing, and says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.suggestions import suggest
from monitors.rules.check import Check, Finding
from monitors.rules.notification.placeholders import KNOWN, is_known, paths
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Channel, EmailChannel, PagerDutyChannel, WebhookChannel


def _run(review: Review) -> Iterator[Finding]:
    for workflow in review.stack.observability.workflows:
        enrichments = {enrichment.name for enrichment in workflow.enrichments}
        subject = review.subject("workflow", workflow)
        for index, channel in enumerate(workflow.channels):
            for field, template in _templates(channel):
                for path in paths(template):
                    if not is_known(path) and path not in enrichments:
                        message = f"New Relic fills {{{{{path}}}}} with nothing: it has no such variable."
                        yield Finding(subject, f"channels.{index}.{field}", message, _advice(path))


def _templates(channel: Channel) -> Iterator[tuple[str, str]]:
    match channel:
        case PagerDutyChannel():
            yield "summary", channel.summary
            yield from ((f"details.{name}", template) for name, template in channel.details.items())
        case WebhookChannel():
            yield from ((f"payload.{name}", template) for name, template in channel.payload.items())
        case EmailChannel():
            yield "subject", channel.subject


def _advice(path: str) -> str:
    last = path.rpartition(".")[2]
    same_ending = next((known for known in sorted(KNOWN) if known.rpartition(".")[2] == last), None)
    near = suggest(path, KNOWN) or same_ending
    if near:
        return f"Did you mean {near}?"
    return 'New Relic\'s page "Workflow variables" lists what there is, such as accumulations.conditionName.'


CHECK = Check(
    code="notification/placeholder",
    level=Level.WARNING,
    summary="A message uses a variable that New Relic does not have.",
    run=_run,
)
