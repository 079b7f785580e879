"""Which alerts a way of notification carries, and where else they are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from monitors.review.routing.ladders import service_of
from monitors.review.routing.sides import Specs
from monitors.review.routing.words import quoted, setting, some
from monitors.spec import (
    Channel,
    EmailChannel,
    EmailDestination,
    NrqlCondition,
    PagerDutyChannel,
    PagerDutyDestination,
    Severity,
    SlackChannel,
    Workflow,
)
from monitors.words import counted, listed


def alerts_of(specs: Specs, policies: Iterable[str]) -> list[NrqlCondition]:
    """Return the enabled alerts of some policies of one side."""
    known = [specs["policy"][key] for key in policies if key in specs["policy"]]
    return [condition for policy in known for condition in policy.conditions if condition.enabled]


def alerts_in_words(alerts: Collection[NrqlCondition]) -> str:
    """Return how many alerts there are, of which severities, and up to three names."""
    if not alerts:
        return "No alert"
    present = {one.severity for one in alerts}
    severities = listed([str(one) for one in Severity if one in present])
    return f"{counted(len(alerts), f'{severities} alert')} ({some(quoted([one.name for one in alerts]))})"


def are(alerts: Collection[NrqlCondition]) -> str:
    """Return the verb that follows so many alerts."""
    return "is" if len(alerts) <= 1 else "are"


def place(specs: Specs, channel: Channel) -> str:
    """Return where a channel leads, as people call it; settings by their names."""
    destination = specs["destination"].get(channel.destination)
    if isinstance(channel, SlackChannel):
        return f"the Slack channel of {setting(channel.channel_id)}"
    if isinstance(destination, EmailDestination):
        return f"the mail addresses of {setting(destination.addresses)}"
    if isinstance(destination, PagerDutyDestination):
        service = specs["pagerduty-service"].get(service_of(specs, destination.key) or "")
        return f'the PagerDuty service "{getattr(service, "name", "that is not there")}"'
    return f'the webhook "{getattr(destination, "name", channel.destination)}"'


def places(specs: Specs, policy: str, besides: str = "") -> list[str]:
    """Return everywhere that a policy's issues are told, leaving one workflow out."""
    found: dict[str, None] = {}
    for key, workflow in specs["workflow"].items():
        if policy in workflow.policies and key != besides:
            found |= dict.fromkeys(place(specs, channel) for channel in workflow.channels)
    return list(found)


def does_page(workflow: Workflow) -> bool:
    """Say whether a workflow leads to PagerDuty."""
    return any(isinstance(channel, PagerDutyChannel) for channel in workflow.channels)


def pages_elsewhere(specs: Specs, policy: str, besides: str = "") -> bool:
    """Say whether another workflow pages for a policy."""
    return any(does_page(one) for key, one in specs["workflow"].items() if policy in one.policies and key != besides)


def form(channel: Channel) -> str:
    """Return what a message through a channel is called."""
    if isinstance(channel, PagerDutyChannel):
        return "page"
    if isinstance(channel, SlackChannel):
        return "Slack message"
    return "mail" if isinstance(channel, EmailChannel) else "request"
