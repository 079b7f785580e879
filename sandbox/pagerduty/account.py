"""PagerDuty's side of the account: ids, links and keys as PagerDuty gives them, and what it refuses."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sandbox.pagerduty.lookups import LOOKUPS, VENDORS
from sandbox.plugins.facts import places
from sandbox.plugins.rules import Account, Draft, Reference, Rules, Vendor

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID_LENGTH = 6
# Prime to 36, so that every number below 36^6 has an id of its own, and neighbours look unlike.
_SPREAD = 1_540_483_477
_URGENCIES = ("high", "low", "severity_based")
_MOST_TARGETS = 10
_WEBHOOK_EVENTS = frozenset(
    {
        "incident.acknowledged",
        "incident.action_invocation.created",
        "incident.action_invocation.terminated",
        "incident.action_invocation.updated",
        "incident.annotated",
        "incident.conference_bridge.updated",
        "incident.custom_field_values.updated",
        "incident.delegated",
        "incident.escalated",
        "incident.incident_type.changed",
        "incident.priority_updated",
        "incident.reassigned",
        "incident.reopened",
        "incident.resolved",
        "incident.responder.added",
        "incident.responder.replied",
        "incident.role.assigned",
        "incident.service_updated",
        "incident.status_update_published",
        "incident.subscriber_added",
        "incident.task.created",
        "incident.task.updated",
        "incident.triggered",
        "incident.unacknowledged",
        "incident.workflow.completed",
        "incident.workflow.started",
        "service.created",
        "service.custom_field_values.updated",
        "service.deleted",
        "service.updated",
    }
)


def object_id(number: int) -> str:
    """The id of the account's `number`-th object: P and six of 0-9 and A-Z, never the same twice."""
    rest, text = number * _SPREAD % len(_ALPHABET) ** _ID_LENGTH, ""
    for _ in range(_ID_LENGTH):
        rest, digit = divmod(rest, len(_ALPHABET))
        text = _ALPHABET[digit] + text
    return f"P{text}"


def new_key() -> str:
    """An integration or routing key: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def _identity(draft: Draft) -> str:
    return object_id(draft.account.number())


def _inherited(*names: str) -> Callable[[Draft], str]:
    """The id of an object that is a property of another, and has that one's id (or theirs, joined)."""
    return lambda draft: ":".join(str(draft.inputs[name]) for name in names)


def _kept(draft: Draft, name: str, make: Callable[[], Any]) -> Any:
    """What the object already has, else a new value: keys do not change with an update."""
    if draft.old is not None and name in draft.old.document["outputs"]:
        return draft.old.document["outputs"][name]
    return make()


def _page(draft: Draft, identity: str) -> dict[str, Any]:
    return {"htmlUrl": draft.account.page(draft.kind, identity)}


def _nothing(draft: Draft, identity: str) -> dict[str, Any]:
    return {}


def _service(draft: Draft, identity: str) -> dict[str, Any]:
    chosen = {
        "alertCreation": "create_alerts_and_incidents",
        "incidentUrgencyRule": {"type": "constant", "urgency": "high"},
    }
    return {
        **chosen,
        **_page(draft, identity),
        "status": "active",
        "type": "service",
        "createdAt": _kept(draft, "createdAt", lambda: datetime.now(UTC).isoformat(timespec="seconds")),
    }


def _integration(draft: Draft, identity: str) -> dict[str, Any]:
    page = f"{draft.account.page('Service', str(draft.inputs['service']))}"
    key = draft.inputs.get("integrationKey") or _kept(draft, "integrationKey", new_key)
    return {"integrationKey": key, "type": "generic_events_api_inbound_integration", "htmlUrl": page}


def _orchestration(draft: Draft, identity: str) -> dict[str, Any]:
    return {"routes": 0, "integrations": _kept(draft, "integrations", lambda: [_default_integration(draft)])}


def _default_integration(draft: Draft) -> dict[str, Any]:
    return {
        "id": object_id(draft.account.number()),
        "label": f"{draft.name} Default Integration",
        "parameters": [{"routingKey": f"R{new_key()[1:].upper()}", "type": "global"}],
    }


def _orchestration_integration(draft: Draft, identity: str) -> dict[str, Any]:
    make = lambda: [{"routingKey": f"R{new_key()[1:].upper()}", "type": "global"}]  # noqa: E731 - a value's maker
    return {"parameters": _kept(draft, "parameters", make)}


def _webhook(draft: Draft, identity: str) -> dict[str, Any]:
    methods = _kept(draft, "deliveryMethods", lambda: [{"secret": secrets.token_hex(32)}])
    signing_secret = methods[0]["secret"]
    # Only what PagerDuty adds to every method: the rest, with its headers' secrets, is told by the inputs.
    told = {"temporarilyDisabled": False, "type": "http_delivery_method", "secret": signing_secret}
    return {"deliveryMethods": [dict(told) for _ in draft.inputs["deliveryMethods"]]}


def _otherwise(draft: Draft, identity: str) -> dict[str, Any]:
    page = f"{draft.account.base_url}/objects/{draft.account.vendor}/{draft.kind}/{identity}"
    return {"htmlUrl": page, "self": page, "summary": draft.name}


def _refused_escalation(draft: Draft) -> Iterator[str]:
    if not draft.inputs["rules"]:
        yield f'escalation policy "{draft.name}" has no rules; it needs at least one'
    for index, rule in enumerate(draft.inputs["rules"]):
        targets = len(rule["targets"])
        if not 1 <= targets <= _MOST_TARGETS:
            place = f'"rules.{index}.targets" of escalation policy "{draft.name}"'
            yield f"{place} has {targets}; 1 to {_MOST_TARGETS} are allowed"


def _refused_service(draft: Draft) -> Iterator[str]:
    for path in ("incidentUrgencyRule.urgency", "incidentUrgencyRule.duringSupportHours.urgency"):
        for exact, value in places(draft.inputs, path):
            if value not in _URGENCIES:
                yield f'"{exact}" value "{value}" is not one of {", ".join(_URGENCIES)}'
    for name in ("autoResolveTimeout", "acknowledgementTimeout"):
        value = str(draft.inputs.get(name, "null"))
        if value != "null" and not value.isdigit():
            yield f'"{name}" value "{value}" is neither a number of seconds nor "null"'


def _refused_integration(draft: Draft) -> Iterator[str]:
    vendor, kind = draft.inputs.get("vendor"), draft.inputs.get("type")
    if vendor is None and kind is None:
        yield f'integration "{draft.name}" needs "vendor" or "type"'
    if vendor is not None and vendor not in VENDORS.values():
        known = ", ".join(VENDORS)
        yield f'"vendor" value "{vendor}" is no vendor the sandbox knows; look one up by name ({known})'


def _refused_webhook(draft: Draft) -> Iterator[str]:
    for index, event in enumerate(draft.inputs["events"]):
        if event not in _WEBHOOK_EVENTS:
            yield f'"events.{index}" value "{event}" is no event of PagerDuty\'s webhooks'
    for index, method in enumerate(draft.inputs["deliveryMethods"]):
        if not method.get("url"):
            yield f'"deliveryMethods.{index}.url" is missing'


def _refused_schedule(draft: Draft) -> Iterator[str]:
    for index, layer in enumerate(draft.inputs["layers"]):
        if not layer["users"]:
            yield f'"layers.{index}.users" of schedule "{draft.name}" is empty'


def _users(path: str, **more: Any) -> Reference:
    return Reference(path, ("User",), on_delete="refuse", **more)


_TEAM = Reference("team", ("Team",))
_TARGET = "rules.*.targets.*.id"
_SCHEDULES = ("Schedule", "Schedulev2")


def _one_of(path: str, *kinds: str) -> Rules:
    """A property of an orchestration or a service: it has that one's id and goes with it."""
    return Rules(_inherited(path), _nothing, references=(Reference(path, kinds, on_delete="remove"),))


VENDOR = Vendor(
    name="pagerduty",
    title="PagerDuty",
    rules={
        "Team": Rules(
            _identity,
            lambda draft, identity: {**_page(draft, identity), "defaultRole": "manager"},
            unique="name",
            references=(Reference("parent", ("Team",), on_delete="refuse"),),
        ),
        "User": Rules(
            _identity,
            lambda draft, identity: {**_page(draft, identity), "timeZone": "Etc/UTC", "invitationSent": True},
            unique="email",
        ),
        "TeamMembership": Rules(
            _inherited("userId", "teamId"),
            _nothing,
            references=(
                Reference("userId", ("User",), on_delete="remove"),
                Reference("teamId", ("Team",), on_delete="remove"),
            ),
        ),
        "UserContactMethod": Rules(
            _identity,
            lambda draft, identity: {"blacklisted": False, "enabled": True},
            references=(Reference("userId", ("User",), on_delete="remove"),),
        ),
        "UserNotificationRule": Rules(
            _identity, _nothing, references=(Reference("userId", ("User",), on_delete="remove"),)
        ),
        "Schedule": Rules(
            _identity,
            _nothing,
            unique="name",
            references=(_users("layers.*.users.*"), Reference("teams.*", ("Team",), on_delete="refuse")),
            check=_refused_schedule,
        ),
        "Schedulev2": Rules(
            _identity,
            _nothing,
            unique="name",
            references=(
                _users("rotations.*.events.*.assignmentStrategies.*.members.*.userId"),
                Reference("teams.*", ("Team",), on_delete="refuse"),
            ),
        ),
        "EscalationPolicy": Rules(
            _identity,
            _nothing,
            unique="name",
            references=(
                _users(_TARGET, only_where=("type", "user_reference")),
                Reference(_TARGET, _SCHEDULES, on_delete="refuse", only_where=("type", "schedule_reference")),
                Reference("teams", ("Team",), on_delete="refuse"),
            ),
            check=_refused_escalation,
        ),
        "Service": Rules(
            _identity,
            _service,
            unique="name",
            references=(Reference("escalationPolicy", ("EscalationPolicy",), on_delete="refuse"),),
            check=_refused_service,
        ),
        "ServiceIntegration": Rules(
            _identity,
            _integration,
            references=(Reference("service", ("Service",), on_delete="remove"),),
            check=_refused_integration,
            # `pulumi import` takes service.integration.
            found_as=lambda text: text.split(".")[-1],
        ),
        "EventOrchestration": Rules(_identity, _orchestration, references=(_TEAM,)),
        "EventOrchestrationIntegration": Rules(
            _identity,
            _orchestration_integration,
            references=(Reference("eventOrchestration", ("EventOrchestration",), on_delete="remove"),),
            # `pulumi import` takes orchestration:integration.
            found_as=lambda text: text.split(":")[-1],
        ),
        "EventOrchestrationRouter": Rules(
            _inherited("eventOrchestration"),
            _nothing,
            references=(
                Reference("eventOrchestration", ("EventOrchestration",), on_delete="remove"),
                Reference("set.rules.*.actions.routeTo", ("Service",), on_delete="refuse"),
            ),
        ),
        "EventOrchestrationGlobal": _one_of("eventOrchestration", "EventOrchestration"),
        "EventOrchestrationUnrouted": _one_of("eventOrchestration", "EventOrchestration"),
        "EventOrchestrationService": Rules(
            _inherited("service"),
            lambda draft, identity: {"enableEventOrchestrationForService": False},
            references=(Reference("service", ("Service",), on_delete="remove"),),
        ),
        "AlertGroupingSetting": Rules(
            _identity, _nothing, references=(Reference("services.*", ("Service",), on_delete="keep"),)
        ),
        "WebhookSubscription": Rules(
            _identity,
            _webhook,
            references=(
                Reference("filters.*.id", ("Service",), on_delete="remove", only_where=("type", "service_reference")),
                Reference("filters.*.id", ("Team",), on_delete="remove", only_where=("type", "team_reference")),
            ),
            check=_refused_webhook,
        ),
        "MaintenanceWindow": Rules(
            _identity, _nothing, references=(Reference("services.*", ("Service",), on_delete="keep"),)
        ),
        "BusinessService": Rules(_identity, _otherwise, references=(_TEAM,)),
        "Tag": Rules(_identity, _otherwise, unique="label"),
        "TagAssignment": Rules(
            _inherited("entityId", "tagId"), _nothing, references=(Reference("tagId", ("Tag",), on_delete="remove"),)
        ),
    },
    otherwise=Rules(_identity, _otherwise),
    lookups=LOOKUPS,
)


def seed_user(account: Account, user: Mapping[str, Any]) -> None:
    """Put a person into the account, or change the one with the id: what a company's directory does at PagerDuty."""
    identity = str(user["id"])
    inputs = {"name": user["name"], "email": user["email"], "role": user.get("role", "user")}
    outputs = {"htmlUrl": account.page("User", identity), "timeZone": user.get("timeZone", "Etc/UTC")}
    document = {"inputs": inputs, "outputs": outputs, "secret_paths": []}
    account.store.put(account.vendor, "User", identity, str(user["name"]), document)
