"""Who New Relic tells: destinations, the channels into them, and the workflows that choose issues.

A channel belongs to one workflow at New Relic, so it is declared inside it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.alerting import Severity
from monitors.spec.base import Spec
from monitors.spec.settings import EmailsSetting, SecretSetting, SlackChannelSetting, UrlSetting, UuidSetting
from monitors.spec.values import (
    BracesInPairs,
    Key,
    Keys,
    NoRepeats,
    NotBlank,
    OneTrimmedLine,
    Path,
    Query,
    Table,
    Template,
)

Name = Annotated[
    str, Field(min_length=3, max_length=128, description="Use 3 to 128 characters on one line."), OneTrimmedLine
]


class PagerDutyDestination(Spec):
    """One PagerDuty service, reached by the key of its New Relic integration, which provisioning hands over."""

    LABEL: ClassVar[str] = "PagerDuty destination"

    key: Key
    name: Name
    integration: Key


class SlackDestination(Spec):
    """A Slack workspace; it can only be made by hand in New Relic (OAuth), so its id is a setting."""

    LABEL: ClassVar[str] = "Slack destination"

    key: Key
    id: UuidSetting


class EmailDestination(Spec):
    """Addresses that get mail; each new one must confirm."""

    LABEL: ClassVar[str] = "e-mail destination"

    key: Key
    name: Name
    addresses: EmailsSetting


class WebhookDestination(Spec):
    """An address that gets JSON; `token` is sent as a bearer token."""

    LABEL: ClassVar[str] = "webhook destination"

    key: Key
    name: Name
    base_url: UrlSetting
    path: Path
    token: SecretSetting

    @model_validator(mode="after")
    def _path_holds_no_token(self) -> WebhookDestination:
        found = re.search(r"[?&]([^=&]*(?:token|key|secret|password|signature)[^=&]*)=", self.path, re.IGNORECASE)
        if found:
            raise ValueError(
                f"path holds a value of {found[1]!r}, which would stand in clear in state; take it out, and send it as "
                "token"
            )
        return self


Destination = PagerDutyDestination | SlackDestination | EmailDestination | WebhookDestination


class PagerDutyChannel(Spec):
    """What a page says: `details` are handlebars templates by name, filled from the issue."""

    LABEL: ClassVar[str] = "PagerDuty channel"

    destination: Key
    summary: Annotated[
        str,
        Field(min_length=1, max_length=1024, description="Write 1 to 1,024 characters, each {{ closed by }}."),
        NotBlank,
        BracesInPairs,
    ]
    details: Annotated[Table[Template], Field(description="Close each {{ by }}.")]


class SlackChannel(Spec):
    """A channel of a Slack workspace."""

    LABEL: ClassVar[str] = "Slack channel"

    destination: Key
    channel_id: SlackChannelSetting


class EmailChannel(Spec):
    """A mail about an issue."""

    LABEL: ClassVar[str] = "e-mail channel"

    destination: Key
    subject: Annotated[
        str,
        Field(min_length=1, max_length=250, description="Write 1 to 250 characters, each {{ closed by }}."),
        NotBlank,
        BracesInPairs,
    ]


class WebhookChannel(Spec):
    """A request about an issue; `payload` values are handlebars templates."""

    LABEL: ClassVar[str] = "webhook channel"

    destination: Key
    payload: Annotated[Table[Template], Field(min_length=1, description="Give at least one value.")]


Channel = PagerDutyChannel | SlackChannel | EmailChannel | WebhookChannel


class Priority(StrEnum):
    """An issue's priority: a critical threshold makes CRITICAL, a warning HIGH."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"


class Trigger(StrEnum):
    """What about an issue is told."""

    ACTIVATED = "ACTIVATED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    PRIORITY_CHANGED = "PRIORITY_CHANGED"
    CLOSED = "CLOSED"


class Enrichment(Spec):
    """A query whose result is added to the notification."""

    LABEL: ClassVar[str] = "enrichment"

    name: Name
    query: Query


class Workflow(Spec):
    """The way from policies to channels for issues of some priorities; `severities` says whom it is meant for."""

    LABEL: ClassVar[str] = "workflow"

    key: Key
    name: Name
    severities: Annotated[
        tuple[Severity, ...], Field(min_length=1, description="Name one or more, each once."), NoRepeats
    ]
    policies: Annotated[Keys, Field(min_length=1, description="Name at least one policy, or it matches nothing.")]
    priorities: Annotated[
        tuple[Priority, ...], Field(min_length=1, description="Name one or more, each once."), NoRepeats
    ]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1, description="Give at least one channel."), NoRepeats]
    triggers: Annotated[tuple[Trigger, ...], NoRepeats, Field(description="Name each once.")] = (
        Trigger.ACTIVATED,
        Trigger.CLOSED,
    )
    muted_issues: Literal[
        "NOTIFY_ALL_ISSUES", "DONT_NOTIFY_FULLY_MUTED_ISSUES", "DONT_NOTIFY_FULLY_OR_PARTIALLY_MUTED_ISSUES"
    ] = "DONT_NOTIFY_FULLY_MUTED_ISSUES"
    enrichments: Annotated[
        tuple[Enrichment, ...], Field(max_length=2, description="Give two at most: New Relic takes no more.")
    ] = ()

    @model_validator(mode="after")
    def _is_heard(self) -> Workflow:
        if Trigger.ACTIVATED not in self.triggers:
            raise ValueError("triggers leave out ACTIVATED, which New Relic demands")
        paging = any(isinstance(channel, PagerDutyChannel) for channel in self.channels)
        if paging and Priority.HIGH in self.priorities:
            raise ValueError("priorities hold HIGH, so that a mere warning would page; leave it out")
        if paging and Trigger.CLOSED not in self.triggers:
            raise ValueError("triggers leave out CLOSED: pages would stay open after the recovery")
        names = [enrichment.name for enrichment in self.enrichments]
        if len(set(names)) < len(names):
            raise ValueError(f'enrichments are both named "{names[0]}"; a template finds one by its name')
        return self
