"""Reads specs back from what an account holds: the other direction of what infra provisions.

Each entry turns the inputs of one kind of resource into a spec; it raises `ValueError` (which `SpecError` is) or
`KeyError` where the account holds what no spec of ours can say, and the property is then told as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lookout.drift.lifting import conditions, objectives, oncall, routing, services
from lookout.drift.lifting.references import References
from monitors.spec import Spec


@dataclass(frozen=True)
class Lift:
    """How one kind of resource becomes a spec of a kind; `properties` are those that it reads."""

    kind: str
    properties: frozenset[str]
    read: Callable[[Any, Mapping[str, Any], References], Spec]


LIFTS: Final[Mapping[str, Lift]] = {
    "AlertPolicy": Lift("policy", conditions.POLICY_PROPERTIES, conditions.policy),
    "NrqlAlertCondition": Lift("condition", conditions.PROPERTIES, conditions.condition),
    "Workflow": Lift("workflow", routing.WORKFLOW_PROPERTIES, routing.workflow),
    "AlertMutingRule": Lift("muting-rule", routing.MUTING_PROPERTIES, routing.muting_rule),
    "ServiceLevel": Lift("service-level", objectives.LEVEL_PROPERTIES, objectives.service_level),
    "Monitor": Lift("monitor", objectives.MONITOR_PROPERTIES, objectives.monitor),
    "Schedule": Lift("schedule", oncall.SCHEDULE_PROPERTIES, oncall.schedule),
    "EscalationPolicy": Lift("escalation-policy", oncall.ESCALATION_PROPERTIES, oncall.escalation_policy),
    "Service": Lift("pagerduty-service", services.PROPERTIES, services.service),
    "AlertGroupingSetting": Lift("pagerduty-service", services.GROUPING_PROPERTIES, services.grouping),
    "EventOrchestrationService": Lift("pagerduty-service", services.RULES_PROPERTIES, services.event_rules),
    "EventOrchestrationRouter": Lift("orchestration", services.ROUTER_PROPERTIES, services.router),
    "WebhookSubscription": Lift("webhook", services.WEBHOOK_PROPERTIES, services.webhook),
}
