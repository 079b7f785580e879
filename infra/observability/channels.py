"""Channels as New Relic takes them: what is said, by each way of saying it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pulumi
import pulumi_newrelic as newrelic

from infra.context import Context
from monitors.spec import Channel, EmailChannel, PagerDutyChannel, SlackChannel, WebhookChannel

_WHOLLY_JSON = re.compile(r"\s*\{\{\s*json [^{}]+\}\}\s*")


def channel_arguments(
    channel: Channel, *, name: str, destination_id: pulumi.Input[str], context: Context
) -> newrelic.NotificationChannelArgs:
    """Return a channel of a workflow: a workflow takes only channels of the product IINT."""
    kind, properties = _content(channel, context)
    return newrelic.NotificationChannelArgs(
        account_id=context.account_id,
        name=name,
        type=kind,
        destination_id=destination_id,
        product="IINT",
        active=True,
        properties=properties,
    )


def json_template(values: Mapping[str, str]) -> str:
    """Return a template that is JSON once New Relic has filled it in.

    A value that is nothing but `{{json ...}}` stands without quotes, since New Relic writes them, or a list's brackets;
    every other value is a text in quotes.
    """
    lines = [f"{json.dumps(name)}: {_json_value(value)}" for name, value in values.items()]
    return "{" + ", ".join(lines) + "}"


def _json_value(value: str) -> str:
    return value.strip() if _WHOLLY_JSON.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _content(channel: Channel, context: Context) -> tuple[str, list[newrelic.NotificationChannelPropertyArgs]]:
    """Return the type of a channel and its properties."""
    match channel:
        case PagerDutyChannel(summary=summary, details=details):
            properties = [_property("summary", summary), _property("customDetails", json_template(details))]
            return "PAGERDUTY_SERVICE_INTEGRATION", properties
        case SlackChannel(channel_id=setting):
            return "SLACK", [_property("channelId", context.settings.text(setting))]
        case EmailChannel(subject=subject):
            return "EMAIL", [_property("subject", subject)]
        case WebhookChannel(payload=payload):
            return "WEBHOOK", [_property("payload", json_template(payload), label="Payload Template")]


def _property(key: str, value: str, label: str | None = None) -> newrelic.NotificationChannelPropertyArgs:
    return newrelic.NotificationChannelPropertyArgs(key=key, value=value, label=label)
