"""paging/webhook: somebody listens, can verify, and hears of the end."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.paging.webhook import CHECK


def listened_to(webhook: spec.WebhookSubscription) -> spec.Stack:
    secret = build.env_var(name="HOOK", value=spec.WebhookSecret(webhook="rollback"))
    platform = build.platform(web_services=(build.web_service(variables=(secret,)),))
    return build.stack(platform=platform, response=build.response(webhooks=(webhook,)))


BOTH = ("incident.triggered", "incident.resolved")


def test_a_webhook_whose_secret_nobody_has_is_found() -> None:
    (found,) = findings(CHECK, build.webhook_subscription(events=BOTH))
    assert found.message == (
        "No service is told the webhook's secret: whoever listens at /hooks/pagerduty cannot tell PagerDuty's requests "
        "from anybody's."
    )
    assert found.advice == 'Tell the service that listens: EnvVar(..., value=WebhookSecret(webhook="rollback")).'


def test_a_webhook_that_never_hears_of_the_end_is_found() -> None:
    assert messages(CHECK, listened_to(build.webhook_subscription())) == [
        "The webhook tells that an incident began, and never that it is over."
    ]


def test_a_webhook_with_a_listener_and_an_end_is_fine() -> None:
    assert messages(CHECK, listened_to(build.webhook_subscription(events=BOTH))) == []
    assert messages(CHECK, listened_to(build.webhook_subscription(events=("incident.annotated",)))) == []
