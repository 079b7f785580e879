"""What is at New Relic: alerts and whom they tell, dashboards, objectives and upkeep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from infra.context import Context
from infra.observability.alerting import Alerting
from infra.observability.dashboards import Dashboards
from infra.observability.notifications import Notifications
from infra.observability.objectives import Objectives
from infra.observability.upkeep import Upkeep
from monitors.spec import Stack

__all__ = ["ObservabilityOutputs", "provision_observability"]


@dataclass(frozen=True)
class ObservabilityOutputs:
    """What the rest of the stack needs of New Relic: dashboards' links by name, policies' ids by key."""

    dashboard_links: Mapping[str, pulumi.Output[str]]
    policy_ids: Mapping[str, pulumi.Output[str]]


def provision_observability(
    stack: Stack, context: Context, integration_keys: Mapping[str, pulumi.Output[str]]
) -> ObservabilityOutputs:
    """Register everything at New Relic; `integration_keys` holds PagerDuty's keys by the key of the integration."""
    seen = stack.observability
    alerting = Alerting("alerting", seen, context)
    Notifications("notifications", seen, alerting.policy_ids, integration_keys, context)
    dashboards = Dashboards("dashboards", seen.dashboards, context)
    Objectives("objectives", seen.service_levels, seen.monitors, context)
    Upkeep("upkeep", seen.muting_rules, seen.data_rules, alerting.policy_ids, context)
    return ObservabilityOutputs(dashboards.links, alerting.policy_ids)
