"""What New Relic refuses of notifications, dashboards, service levels and tags when they are made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.newrelic.guids import parse_guid
from sandbox.plugins.facts import places
from sandbox.plugins.rules import Account, Draft

_MADE_BY_HAND = ("SLACK", "SLACK_COLLABORATION")
_COLUMNS = 12
_MOST_ENRICHMENTS = 2
_AUTH = ("authToken", "authBasic", "authCustomHeaders")
# What the program provisions and the account therefore knows; entities of agents it has never seen.
_KINDS_OF_GUIDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("AIOPS", "POLICY"): ("AlertPolicy",),
    ("AIOPS", "CONDITION"): (
        "NrqlAlertCondition",
        "AlertCompoundCondition",
        "AlertCondition",
        "InfraAlertCondition",
        "MultiLocationAlertCondition",
        "SyntheticsAlertCondition",
    ),
    ("AIOPS", "DESTINATION"): ("NotificationDestination",),
    ("AIOPS", "WORKFLOW"): ("Workflow",),
    ("VIZ", "DASHBOARD"): ("OneDashboard", "OneDashboardJson", "OneDashboardRaw"),
    ("SYNTH", "MONITOR"): ("Monitor", "ScriptMonitor", "StepMonitor", "BrokenLinksMonitor", "CertCheckMonitor"),
    ("EXT", "SERVICE_LEVEL"): ("ServiceLevel",),
}
_GUID_OUTPUTS = ("guid", "entityGuid", "sliGuid")


def refused_destination(draft: Draft) -> Iterator[str]:
    """A Slack destination without a person's consent; one without what it authenticates with."""
    kind = draft.inputs["type"]
    if draft.old is None and kind in _MADE_BY_HAND:
        yield (
            f'a destination of the type "{kind}" cannot be created here: connect Slack in New Relic\'s user interface, '
            "then `pulumi import` the destination by its id"
        )
    if kind == "PAGERDUTY_SERVICE_INTEGRATION" and not any(draft.inputs.get(name) for name in _AUTH):
        yield f'destination "{draft.name}" needs "authToken", with PagerDuty\'s integration key as its token'
    properties = {item.get("key"): item.get("value") for item in draft.inputs["properties"]}
    if kind == "EMAIL" and not properties.get("email"):
        yield f'destination "{draft.name}" needs a property "email"'
    if kind == "WEBHOOK" and not properties.get("url") and "secureUrl" not in draft.inputs:
        yield f'destination "{draft.name}" needs a property "url", or "secureUrl"'


def refused_channel(draft: Draft) -> Iterator[str]:
    """A webhook's payload that is no JSON."""
    for item in draft.inputs["properties"]:
        if draft.inputs["type"] == "WEBHOOK" and item.get("key") == "payload" and not _is_json(item.get("value", "")):
            yield f'property "payload" of channel "{draft.name}" is no valid JSON'


def refused_workflow(draft: Draft) -> Iterator[str]:
    """A channel of another workflow or of another product, and too many enrichments."""
    for _, channel_id in places(draft.inputs, "destinations.*.channelId"):
        channel = draft.account.find("NotificationChannel", channel_id)
        if channel is not None and channel.document["inputs"]["product"] != "IINT":
            yield f'channel "{channel.name}" ({channel_id}) has not the product IINT, which workflows need'
        owner = _workflow_of(draft, channel_id)
        if owner:
            yield f'channel {channel_id} belongs to workflow "{owner}" already; a channel belongs to one workflow'
    enrichments = (draft.inputs.get("enrichments") or {}).get("nrqls", [])
    if len(enrichments) > _MOST_ENRICHMENTS:
        yield f'workflow "{draft.name}" has {len(enrichments)} enrichments; {_MOST_ENRICHMENTS} is the most'


def refused_dashboard(draft: Draft) -> Iterator[str]:
    """Widgets that stand outside the page's twelve columns."""
    for page in draft.inputs["pages"]:
        for widget in _widgets(page):
            column, width = int(widget["column"]), int(widget.get("width", 4))
            if column < 1 or column + width - 1 > _COLUMNS:
                yield (
                    f'widget "{widget["title"]}" of page "{page["name"]}" stands in columns {column} to '
                    f"{column + width - 1}; a page has {_COLUMNS}"
                )


def refused_service_level(draft: Draft) -> Iterator[str]:
    """A target that is no percentage, and anything but one of good and bad events."""
    target, events = draft.inputs["objective"]["target"], draft.inputs["events"]
    if not 0 < target <= 100:
        yield f'"objective.target" value {target} is no percentage above 0 and up to 100'
    if ("goodEvents" in events) == ("badEvents" in events):
        yield f'service level "{draft.name}" needs either "events.goodEvents" or "events.badEvents", and not both'
    yield from _unknown_guid(draft.account, draft.inputs["guid"])


def refused_tags(draft: Draft) -> Iterator[str]:
    """Tags of an entity that does not exist."""
    yield from _unknown_guid(draft.account, draft.inputs["guid"])


def sorted_widgets(inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs as New Relic tells them again: widgets by row, then by column."""
    for page in inputs.get("pages", []):
        for name, widgets in page.items():
            if name.startswith("widget"):
                page[name] = sorted(widgets, key=lambda widget: (widget["row"], widget["column"]))
    return inputs


def _unknown_guid(account: Account, text: str) -> Iterator[str]:
    guid = parse_guid(text)
    if guid is None:
        yield f'"guid" value "{text}" is no entity guid'
        return
    kinds = _KINDS_OF_GUIDS.get((guid.domain, guid.type), ())
    objects = (found for kind in kinds for found in account.objects(kind))
    # A monitor's id is its guid.
    if kinds and not any(text in {found.id, *_guids(found.document["outputs"])} for found in objects):
        yield f'"guid" value "{text}" ({guid.domain} {guid.type} {guid.id}) is of no entity in this account'


def _guids(outputs: Mapping[str, Any]) -> set[str]:
    return {str(outputs[name]) for name in _GUID_OUTPUTS if name in outputs}


def _workflow_of(draft: Draft, channel_id: str) -> str | None:
    for other in draft.account.objects("Workflow"):
        taken = {found for _, found in places(other.document["inputs"], "destinations.*.channelId")}
        if channel_id in taken and (draft.old is None or other.id != draft.old.id):
            return other.name
    return None


def _widgets(page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name, widgets in page.items():
        if name.startswith("widget"):
            yield from widgets


def _is_json(text: str) -> bool:
    """Say whether a template is JSON once New Relic has filled it in; what it fills in is JSON by itself."""
    try:
        json.loads(re.sub(r"\{\{.*?\}\}", "0", text))
    except ValueError:
        return False
    return True
