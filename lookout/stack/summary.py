"""What a run left in a stack: objects by kind, how many changed, and the program's outputs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lookout.stack.pulumi_cli import Pulumi

VENDORS = {"render": "Render", "newrelic": "New Relic", "pagerduty": "PagerDuty"}
_NAMES = {
    "NrqlAlertCondition": ("NRQL condition", "NRQL conditions"),
    "AlertPolicy": ("alert policy", "alert policies"),
    "OneDashboard": ("dashboard", "dashboards"),
    "EntityTags": ("set of tags", "sets of tags"),
    "Monitor": ("synthetic monitor", "synthetic monitors"),
    "CertCheckMonitor": ("certificate monitor", "certificate monitors"),
    "PipelineCloudRule": ("drop rule", "drop rules"),
    "EscalationPolicy": ("escalation policy", "escalation policies"),
    "Schedulev2": ("schedule", "schedules"),
    "KeyValue": ("key-value store", "key-value stores"),
    "Postgres": ("Postgres database", "Postgres databases"),
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


def kind_label(kind: str, count: int) -> str:
    """Return a kind with its count, in words: `1 workflow`, `7 dashboards`."""
    one, several = _NAMES.get(kind) or (_words(kind), f"{_words(kind)}s")
    return f"{count} {one if count == 1 else several}"


def _counted(resources: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {vendor: Counter() for vendor in VENDORS}
    for resource in resources:
        vendor, _, rest = str(resource["type"]).partition(":")
        if resource.get("custom") and vendor in counts:
            counts[vendor][rest.rpartition(":")[2]] += 1
    return {vendor: dict(kinds.most_common()) for vendor, kinds in counts.items()}


def _words(kind: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", kind).lower()
