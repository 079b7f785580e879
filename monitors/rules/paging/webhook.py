"""Webhooks that nobody listens to, or that tell of the beginning alone."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.told_values import told
from monitors.spec import WebhookSecret


def _run(review: Review) -> Iterator[Finding]:
    secrets = {value.webhook for value in told(review.stack.platform) if isinstance(value, WebhookSecret)}
    for webhook in review.stack.response.webhooks:
        subject = review.subject("webhook", webhook)
        if webhook.key not in secrets:
            message = (
                "No service is told the webhook's secret: whoever listens at "
                f"{webhook.path} cannot tell PagerDuty's requests from anybody's."
            )
            advice = f'Tell the service that listens: EnvVar(..., value=WebhookSecret(webhook="{webhook.key}")).'
            yield Finding(subject, "key", message, advice)
        if "incident.triggered" in webhook.events and "incident.resolved" not in webhook.events:
            message = "The webhook tells that an incident began, and never that it is over."
            yield Finding(subject, "events", message, 'Add "incident.resolved".')


CHECK = Check(
    code="paging/webhook",
    level=Level.WARNING,
    summary="Nobody can verify a webhook, or it never tells of an end.",
    run=_run,
)
