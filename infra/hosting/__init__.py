"""What runs on Render: services, stores, shared environment variables and streams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from infra.context import Context
from infra.hosting.hosting import Hosting
from monitors.spec import Platform

__all__ = ["HostingOutputs", "provision_hosting"]


@dataclass(frozen=True)
class HostingOutputs:
    """The services' pages in Render's dashboard, by the keys of the specs."""

    service_links: Mapping[str, pulumi.Output[str]]


def provision_hosting(
    platform: Platform,
    context: Context,
    integration_keys: Mapping[str, pulumi.Output[str]],
    webhook_secrets: Mapping[str, pulumi.Output[str]],
) -> HostingOutputs:
    """Register everything of a stack on Render, with the keys and secrets that PagerDuty made for its services."""
    hosting = Hosting("hosting", platform, context, integration_keys, webhook_secrets)
    return HostingOutputs(hosting.service_links)
