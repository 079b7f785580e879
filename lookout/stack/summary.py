"""What a run left in a stack: objects by kind, how many changed, and the program's outputs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lookout.stack.pulumi_cli import Pulumi

VENDORS = {"render": "Render", "newrelic": "New Relic", "pagerduty": "PagerDuty"}
# What a newcomer wants to hear of, in the order of interest; the rest is counted together.
_TOLD: Mapping[str, tuple[str, str]] = {
    "WebService": ("web service", "web services"),
    "PrivateService": ("private service", "private services"),
    "Postgres": ("Postgres database", "Postgres databases"),
    "KeyValue": ("key-value store", "key-value stores"),
    "EnvironmentGroup": ("environment group", "environment groups"),
    "Project": ("project", "projects"),
    "LogStream": ("log stream", "log streams"),
    "MetricsStream": ("metrics stream", "metrics streams"),
    "NrqlAlertCondition": ("NRQL condition", "NRQL conditions"),
    "AlertPolicy": ("policy", "policies"),
    "Workflow": ("workflow", "workflows"),
    "NotificationChannel": ("channel", "channels"),
    "OneDashboard": ("dashboard", "dashboards"),
    "ServiceLevel": ("service level", "service levels"),
    "Monitor": ("synthetic monitor", "synthetic monitors"),
    "Service": ("service", "services"),
    "EscalationPolicy": ("escalation policy", "escalation policies"),
    "Schedule": ("schedule", "schedules"),
    "Schedulev2": ("schedule", "schedules"),
    "Team": ("team", "teams"),
    "EventOrchestration": ("event orchestration", "event orchestrations"),
    "WebhookSubscription": ("webhook subscription", "webhook subscriptions"),
}


@dataclass(frozen=True)
class Summary:
    """One stack after a run: counts by vendor and kind, the last run's changes by operation, and the outputs."""

    kinds: Mapping[str, Mapping[str, int]]
    changes: Mapping[str, int]
    outputs: Mapping[str, Any]

    @property
    def objects(self) -> int:
        """How many objects there are in the accounts."""
        return sum(sum(kinds.values()) for kinds in self.kinds.values())

    @property
    def changed(self) -> int:
        """How many resources the last run made, changed or deleted."""
        return sum(count for operation, count in self.changes.items() if operation != "same")


def summarize(pulumi: Pulumi, stack: str) -> Summary:
    """Read a stack's state and the record of its last run. Raises `CouldNotRun` when Pulumi cannot."""
    exported = json.loads(pulumi.read(["stack", "export", "--stack", stack]))
    resources = (exported.get("deployment") or {}).get("resources") or []
    history = json.loads(pulumi.read(["stack", "history", "--json", "--page-size", "1", "--stack", stack]))
    outputs: dict[str, Any] = next(
        (one.get("outputs") or {} for one in resources if one["type"] == "pulumi:pulumi:Stack"), {}
    )
    return Summary(_counted(resources), history[0].get("resourceChanges", {}) if history else {}, outputs)


def told(kinds: Mapping[str, int]) -> str:
    """Return counts in words, the interesting kinds first and the rest together: `7 dashboards, 54 more (...)`."""
    known = {kind: names for kind, names in _TOLD.items() if kind in kinds}
    words = [f"{kinds[kind]} {one if kinds[kind] == 1 else several}" for kind, (one, several) in known.items()]
    rest = sum(count for kind, count in kinds.items() if kind not in _TOLD)
    return ", ".join([*words, *([f"{rest} more (tags, links and the like)"] if rest else [])]) or "nothing"


def _counted(resources: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {vendor: Counter() for vendor in VENDORS}
    for resource in resources:
        vendor, _, rest = str(resource["type"]).partition(":")
        if resource.get("custom") and vendor in counts:
            counts[vendor][rest.rpartition(":")[2]] += 1
    return {vendor: dict(kinds.most_common()) for vendor, kinds in counts.items()}
