"""New Relic's side of the account: ids, guids and links as New Relic gives them, and what it refuses."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sandbox.newrelic.conditions import refused_condition, window_seconds
from sandbox.newrelic.facts import DEFAULT_TIME_LIMIT_SECONDS
from sandbox.newrelic.guids import EntityGuid
from sandbox.newrelic.lookups import LOOKUPS
from sandbox.newrelic.refusals import (
    refused_channel,
    refused_dashboard,
    refused_destination,
    refused_service_level,
    refused_tags,
    refused_workflow,
    sorted_widgets,
)
from sandbox.plugins.rules import Draft, NewIdentity, Outputs, Reference, Rules, Vendor

ACCOUNT_ID = "1000001"
"""The sandbox's New Relic account, where the program's settings name none."""

_PERIOD_MINUTES: Mapping[str, int] = {
    "EVERY_MINUTE": 1,
    "EVERY_5_MINUTES": 5,
    "EVERY_10_MINUTES": 10,
    "EVERY_15_MINUTES": 15,
    "EVERY_30_MINUTES": 30,
    "EVERY_HOUR": 60,
    "EVERY_6_HOURS": 360,
    "EVERY_12_HOURS": 720,
    "EVERY_DAY": 1440,
}
_DEFAULT_DELAY_SECONDS = "120"
_DEFAULT_TIMER_SECONDS = "60"


def account_id(draft: Draft) -> str:
    """The account the object is in: its own setting, the provider's, or the sandbox's."""
    return str(draft.inputs.get("accountId") or draft.settings.get("accountId") or ACCOUNT_ID)


def _numbered(draft: Draft) -> str:
    return str(1_000_000 + draft.account.number())


def _of_policy(draft: Draft) -> str:
    return f"{draft.inputs['policyId']}:{_numbered(draft)}"


def _of_account(draft: Draft) -> str:
    return f"{account_id(draft)}:{_numbered(draft)}"


def _of_service_level(draft: Draft) -> str:
    return f"{account_id(draft)}:{_numbered(draft)}:{draft.inputs['guid']}"


def _unique(draft: Draft) -> str:
    return str(uuid.uuid4())


def _guid(domain: str, kind: str) -> NewIdentity:
    return lambda draft: str(EntityGuid(account_id(draft), domain, kind, _numbered(draft)))


def _monitor_guid(draft: Draft) -> str:
    return str(EntityGuid(account_id(draft), "SYNTH", "MONITOR", str(uuid.uuid4())))


def _tagged(draft: Draft) -> str:
    return str(draft.inputs["guid"])


def _named_by_key(draft: Draft) -> str:
    return str(draft.inputs["key"]).upper()


def _outputs(more: Callable[[Draft, str], dict[str, Any]]) -> Outputs:
    return lambda draft, object_id: {"accountId": account_id(draft), **more(draft, object_id)}


def _entity(name: str, domain: str, kind: str) -> Outputs:
    def outputs(draft: Draft, object_id: str) -> dict[str, Any]:
        return {name: str(EntityGuid(account_id(draft), domain, kind, object_id.split(":")[-1]))}

    return _outputs(outputs)


def _condition(draft: Draft, object_id: str) -> dict[str, Any]:
    inputs = draft.inputs
    method = str(inputs.get("aggregationMethod") or "event_flow").lower()
    timing = (
        {"aggregationTimer": inputs.get("aggregationTimer") or _DEFAULT_TIMER_SECONDS}
        if method == "event_timer"
        else {"aggregationDelay": inputs.get("aggregationDelay") or _DEFAULT_DELAY_SECONDS}
    )
    limit = {} if "violationTimeLimit" in inputs else {"violationTimeLimitSeconds": DEFAULT_TIME_LIMIT_SECONDS}
    return {
        "entityGuid": str(EntityGuid(account_id(draft), "AIOPS", "CONDITION", object_id.split(":")[-1])),
        "aggregationWindow": window_seconds(inputs),
        "aggregationMethod": method,
        **timing,
        **limit,
    }


def _destination(draft: Draft, object_id: str) -> dict[str, Any]:
    guid = EntityGuid(account_id(draft), "AIOPS", "DESTINATION", object_id)
    scope = {"type": "ACCOUNT", "id": account_id(draft)}
    return {"guid": str(guid), "status": "DEFAULT", "scope": draft.inputs.get("scope") or scope}


def _workflow(draft: Draft, object_id: str) -> dict[str, Any]:
    guid = EntityGuid(account_id(draft), "AIOPS", "WORKFLOW", object_id)
    return {"guid": str(guid), "workflowId": object_id, "lastRun": ""}


def _dashboard(draft: Draft, object_id: str) -> dict[str, Any]:
    return {"guid": object_id, "permalink": draft.account.page(draft.kind, object_id)}


def _service_level(draft: Draft, object_id: str) -> dict[str, Any]:
    number = object_id.split(":")[1]
    return {"sliId": number, "sliGuid": str(EntityGuid(account_id(draft), "EXT", "SERVICE_LEVEL", number))}


def _monitor(draft: Draft, object_id: str) -> dict[str, Any]:
    period = draft.inputs.get("period") or "EVERY_5_MINUTES"
    known = {"period": period, "periodInMinutes": _PERIOD_MINUTES[period], "monitorId": object_id}
    return known if draft.kind in ("Monitor", "CertCheckMonitor") else {**known, "guid": object_id}


def _credential(draft: Draft, object_id: str) -> dict[str, Any]:
    return {"lastUpdated": datetime.now(UTC).isoformat(timespec="seconds")}


def _otherwise(draft: Draft, object_id: str) -> dict[str, Any]:
    """A guid, where the kind has one; the sandbox makes up no other output of a kind that it has no rules for."""
    return {"guid": str(EntityGuid(account_id(draft), "NR", draft.kind.upper(), object_id))}


def _first_part(text: str) -> str:
    return text.split(":")[0]


def _first_two_parts(text: str) -> str:
    return ":".join(text.split(":")[:2])


_MONITOR = Rules(_monitor_guid, _outputs(_monitor))
_POLICY = Reference("policyId", ("AlertPolicy",), on_delete="remove")
_IN_POLICY = Rules(_of_policy, _entity("entityGuid", "AIOPS", "CONDITION"), references=(_POLICY,))
_DASHBOARD = Rules(_guid("VIZ", "DASHBOARD"), _outputs(_dashboard))

VENDOR = Vendor(
    name="newrelic",
    title="New Relic",
    rules={
        "AlertPolicy": Rules(_numbered, _entity("entityGuid", "AIOPS", "POLICY"), found_as=_first_part),
        "NrqlAlertCondition": Rules(
            _of_policy,
            _outputs(_condition),
            references=(_POLICY,),
            check=refused_condition,
            found_as=_first_two_parts,
        ),
        "AlertCondition": _IN_POLICY,
        "InfraAlertCondition": _IN_POLICY,
        "MultiLocationAlertCondition": _IN_POLICY,
        "SyntheticsAlertCondition": _IN_POLICY,
        "AlertCompoundCondition": _IN_POLICY,
        "AlertMutingRule": Rules(_of_account, _outputs(lambda draft, object_id: {})),
        "NotificationDestination": Rules(_unique, _outputs(_destination), check=refused_destination),
        "NotificationChannel": Rules(
            _unique,
            _outputs(lambda draft, object_id: {"status": "DRAFT"}),
            references=(Reference("destinationId", ("NotificationDestination",), on_delete="refuse"),),
            check=refused_channel,
        ),
        "Workflow": Rules(
            _unique,
            _outputs(_workflow),
            unique="name",
            references=(Reference("destinations.*.channelId", ("NotificationChannel",), on_delete="refuse"),),
            check=refused_workflow,
        ),
        "OneDashboard": Rules(
            _guid("VIZ", "DASHBOARD"), _outputs(_dashboard), check=refused_dashboard, as_read=sorted_widgets
        ),
        "OneDashboardJson": _DASHBOARD,
        "OneDashboardRaw": _DASHBOARD,
        "ServiceLevel": Rules(_of_service_level, _outputs(_service_level), check=refused_service_level),
        "EntityTags": Rules(_tagged, _outputs(lambda draft, object_id: {}), check=refused_tags),
        "Monitor": _MONITOR,
        "ScriptMonitor": _MONITOR,
        "StepMonitor": _MONITOR,
        "BrokenLinksMonitor": _MONITOR,
        "CertCheckMonitor": _MONITOR,
        "SecureCredential": Rules(_named_by_key, _outputs(_credential), unique="key"),
    },
    otherwise=Rules(_numbered, _outputs(_otherwise)),
    lookups=LOOKUPS,
)
