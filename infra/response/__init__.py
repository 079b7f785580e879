"""What answers an alert at PagerDuty: who is on call, and what an event becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from infra.context import Context
from infra.response.oncall import OnCall
from infra.response.paging import Paging
from monitors.spec import Response

__all__ = ["ResponseOutputs", "provision_response"]


@dataclass(frozen=True)
class ResponseOutputs:
    """What the rest of the stack needs of PagerDuty, by the keys of the specs; keys and secrets are Pulumi secrets.

    `integration_keys` holds those of integrations and of event orchestrations, `service_links` PagerDuty's pages.
    """

    integration_keys: Mapping[str, pulumi.Output[str]]
    webhook_secrets: Mapping[str, pulumi.Output[str]]
    service_links: Mapping[str, pulumi.Output[str]]


def provision_response(response: Response, context: Context) -> ResponseOutputs:
    """Register everything of a stack at PagerDuty.

    Users are not among it: a company's directory makes them, and the stack's settings hold their ids.
    """
    on_call = OnCall("on-call", response, context)
    paging = Paging("paging", response, context, on_call)
    return ResponseOutputs(paging.integration_keys, paging.webhook_secrets, paging.service_links)
