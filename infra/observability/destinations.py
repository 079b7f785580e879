"""Destinations as New Relic takes them: whom it can tell, and how it proves who it is."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from monitors.spec import EmailDestination, PagerDutyDestination, WebhookDestination

_DIGEST_CHARACTERS: Final = 6


def destination_arguments(
    destination: PagerDutyDestination | EmailDestination | WebhookDestination,
    *,
    integration_keys: Mapping[str, pulumi.Output[str]],
    context: Context,
) -> newrelic.NotificationDestinationArgs:
    """Return a destination; there is none for Slack, which only a person can connect in New Relic.

    `integration_keys` holds PagerDuty's keys by the key of the integration.
    """
    match destination:
        case PagerDutyDestination():
            return _pagerduty(destination, pulumi.Output.secret(integration_keys[destination.integration]), context)
        case EmailDestination():
            return _email(destination, context)
        case WebhookDestination():
            return _webhook(destination, context)


def name_with_rotation(name: str, key: str, token: pulumi.Output[str]) -> pulumi.Output[str]:
    """Return the name with six characters that change whenever the token does.

    New Relic never gives a token back, and its provider shows no difference when only the token changed (measured with
    pulumi-newrelic 5.80.4): after a rotation it would go on with the old one, and pages would be refused. A changed
    name is an update in place, and every update carries the token. The six characters are 24 bits of a digest whose key
    is the token itself: a random token can be neither read from them nor found by guessing.
    """
    # The name must be legible: it leaves the secret behind here, on purpose, as a digest.
    return pulumi.Output.unsecret(token.apply(lambda clear: f"{name} [{rotation_digest(clear, key)}]"))


def rotation_digest(token: str, key: str) -> str:
    """Return the six characters for a token of the destination with this key."""
    return hmac.new(token.encode(), key.encode(), hashlib.sha256).hexdigest()[:_DIGEST_CHARACTERS]


def _pagerduty(
    destination: PagerDutyDestination, integration_key: pulumi.Output[str], context: Context
) -> newrelic.NotificationDestinationArgs:
    return newrelic.NotificationDestinationArgs(
        account_id=context.account_id,
        name=name_with_rotation(destination.name, destination.key, integration_key),
        type="PAGERDUTY_SERVICE_INTEGRATION",
        active=True,
        # The SDK demands a property, and this type has none: an empty one is what its documentation gives.
        properties=[newrelic.NotificationDestinationPropertyArgs(key="", value="")],
        auth_token=newrelic.NotificationDestinationAuthTokenArgs(prefix="Token token=", token=integration_key),
    )


def _email(destination: EmailDestination, context: Context) -> newrelic.NotificationDestinationArgs:
    addresses = ",".join(context.settings.texts(destination.addresses))
    return newrelic.NotificationDestinationArgs(
        account_id=context.account_id,
        name=destination.name,
        type="EMAIL",
        active=True,
        properties=[newrelic.NotificationDestinationPropertyArgs(key="email", value=addresses)],
    )


def _webhook(destination: WebhookDestination, context: Context) -> newrelic.NotificationDestinationArgs:
    url = context.settings.text(destination.base_url).rstrip("/") + destination.path
    token = context.settings.secret(destination.token)
    return newrelic.NotificationDestinationArgs(
        account_id=context.account_id,
        name=name_with_rotation(destination.name, destination.key, token),
        type="WEBHOOK",
        active=True,
        properties=[newrelic.NotificationDestinationPropertyArgs(key="url", value=url)],
        auth_token=newrelic.NotificationDestinationAuthTokenArgs(prefix="Bearer", token=token),
    )
