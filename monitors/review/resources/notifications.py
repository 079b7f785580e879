"""Whom New Relic tells, as resources: destinations, workflows and their channels, as infra registers them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitors.review.resources.observability import tags
from monitors.review.resources.registered import Ref, Registered, Surroundings, value_of
from monitors.spec import (
    Channel,
    Destination,
    EmailChannel,
    EmailDestination,
    PagerDutyChannel,
    PagerDutyDestination,
    SlackChannel,
    SlackDestination,
    WebhookChannel,
    WebhookDestination,
    Workflow,
)


def destination(around: Surroundings, spec: Destination) -> Iterator[Registered]:
    """Yield a destination with its tags; Slack's is made by hand, and its id is a setting."""
    if isinstance(spec, SlackDestination):
        return
    yield Registered("NotificationDestination", spec.key, _destination(spec), serves="destination")
    yield tags("NotificationDestination", spec.key, around.tags, "guid", serves="destination")


def workflow(
    around: Surroundings, spec: Workflow, destinations: tuple[Destination | None, ...]
) -> Iterator[Registered]:
    """Yield a workflow with its tags and a channel for each way out of it; `destinations` are those of its channels."""
    channels = list(named_channels(spec))
    for (name, channel), to in zip(channels, destinations, strict=True):
        inputs = {
            "name": (spec.name, name),
            "destinationId": value_of(to.id)
            if isinstance(to, SlackDestination)
            else Ref("destination", channel.destination),
            "type": _CHANNEL_TYPES[type(channel)],
            "properties": _properties(channel),
        }
        yield Registered("NotificationChannel", name, inputs)
    inputs = {
        "name": spec.name,
        "mutingRulesHandling": spec.muted_issues,
        "issuesFilter": (spec.name, tuple(Ref("AlertPolicy", key) for key in spec.policies), spec.priorities),
        "destinations": tuple((Ref("NotificationChannel", name), spec.triggers) for name, _ in channels),
        "enrichments": spec.enrichments,
    }
    yield Registered("Workflow", spec.key, inputs)
    yield tags("Workflow", spec.key, around.tags, "guid")


def named_channels(spec: Workflow) -> Iterator[tuple[str, Channel]]:
    """Yield the channels of a workflow by name: the workflow's and the destination's, numbered from the second."""
    seen: dict[str, int] = {}
    for channel in spec.channels:
        seen[channel.destination] = count = seen.get(channel.destination, 0) + 1
        yield f"{spec.key}-{channel.destination}{'' if count == 1 else f'-{count}'}", channel


_CHANNEL_TYPES: dict[type[Channel], str] = {
    PagerDutyChannel: "PAGERDUTY_SERVICE_INTEGRATION",
    SlackChannel: "SLACK",
    EmailChannel: "EMAIL",
    WebhookChannel: "WEBHOOK",
}


def _destination(spec: PagerDutyDestination | EmailDestination | WebhookDestination) -> dict[str, Any]:
    """Return a destination's inputs; the name of one that proves who it is changes with what it proves that by."""
    match spec:
        case PagerDutyDestination(name=name, integration=key):
            return {"type": "PAGERDUTY_SERVICE_INTEGRATION", "name": (name, Ref("integration", key, "key"))}
        case EmailDestination(name=name, addresses=addresses):
            return {"type": "EMAIL", "name": name, "properties": value_of(addresses)}
        case WebhookDestination(name=name, token=token):
            url = (value_of(spec.base_url), spec.path)
            return {"type": "WEBHOOK", "name": (name, value_of(token)), "properties": url}


def _properties(channel: Channel) -> Any:
    match channel:
        case PagerDutyChannel(summary=summary, details=details):
            return (summary, tuple(details.items()))
        case SlackChannel(channel_id=setting):
            return value_of(setting)
        case EmailChannel(subject=subject):
            return subject
        case WebhookChannel(payload=payload):
            return tuple(payload.items())
