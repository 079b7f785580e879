"""PagerDuty services, their grouping and event rules, routing of events and webhooks, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lookout.drift.altering import altered
from lookout.drift.lifting.references import References
from monitors.spec import (
    ConstantUrgency,
    EventOrchestration,
    EventRule,
    Route,
    Service,
    SupportHours,
    WebhookSubscription,
)

PROPERTIES: Final = frozenset(
    {
        "name",
        "escalationPolicy",
        "acknowledgementTimeout",
        "autoResolveTimeout",
        "incidentUrgencyRule",
        "supportHours",
        "scheduledActions",
    }
)
GROUPING_PROPERTIES: Final = frozenset({"config"})
RULES_PROPERTIES: Final = frozenset({"sets"})
ROUTER_PROPERTIES: Final = frozenset({"set", "catchAll"})
WEBHOOK_PROPERTIES: Final = frozenset({"events"})


def service(spec: Service, inputs: Mapping[str, Any], references: References) -> Service:
    """Return a service as the account has it. Raises `KeyError` for an escalation policy that is none of ours."""
    return altered(
        spec,
        name=inputs["name"],
        escalation_policy=references.key(inputs["escalationPolicy"], "EscalationPolicy"),
        acknowledgement_timeout_seconds=_seconds(inputs["acknowledgementTimeout"]),
        auto_resolve_seconds=_seconds(inputs["autoResolveTimeout"]),
        urgency=_urgency(inputs),
    )


def grouping(spec: Service, inputs: Mapping[str, Any], references: References) -> Service:
    """Return the service with the grouping that the account has."""
    return altered(spec, grouping_window_seconds=int(inputs["config"]["timeout"]))


def event_rules(spec: Service, inputs: Mapping[str, Any], references: References) -> Service:
    """Return the service with the event rules that the account has."""
    return altered(spec, event_rules=tuple(_rule(one) for one in inputs["sets"][0].get("rules") or ()))


def router(spec: EventOrchestration, inputs: Mapping[str, Any], references: References) -> EventOrchestration:
    """Return an event orchestration as the account has it. Raises `KeyError` for services that are none of ours."""
    return altered(
        spec,
        routes=tuple(
            Route(
                label=one["label"],
                condition=_only(one["conditions"])["expression"],
                service=references.key(one["actions"]["routeTo"], "Service"),
            )
            for one in inputs["set"].get("rules") or ()
        ),
        otherwise=references.key(inputs["catchAll"]["actions"]["routeTo"], "Service"),
    )


def webhook(spec: WebhookSubscription, inputs: Mapping[str, Any], references: References) -> WebhookSubscription:
    """Return a webhook subscription as the account has it."""
    return altered(spec, events=tuple(inputs["events"]))


def _rule(rule: Mapping[str, Any]) -> EventRule:
    actions = rule["actions"]
    return EventRule(
        label=rule["label"],
        condition=_only(rule["conditions"])["expression"],
        severity=actions.get("severity"),
        note=actions.get("annotate"),
        suppress=bool(actions.get("suppress")),
    )


def _only(conditions: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    (one,) = conditions
    return one


def _seconds(timeout: str) -> int | None:
    return None if timeout == "null" else int(timeout)


def _urgency(inputs: Mapping[str, Any]) -> ConstantUrgency | SupportHours:
    rule = inputs["incidentUrgencyRule"]
    if rule["type"] == "constant":
        return ConstantUrgency(urgency=rule["urgency"])
    hours = inputs["supportHours"]
    return SupportHours(
        time_zone=hours["timeZone"],
        weekdays=tuple(hours["daysOfWeeks"]),
        start=hours["startTime"],
        end=hours["endTime"],
        inside=rule["duringSupportHours"]["urgency"],
        outside=rule["outsideSupportHours"]["urgency"],
        raise_at_start=bool(inputs.get("scheduledActions")),
    )
