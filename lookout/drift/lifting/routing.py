"""Workflows and muting rules, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lookout.drift.altering import altered
from lookout.drift.lifting.references import References
from monitors.spec import MutingRule, Priority, Trigger, Workflow

WORKFLOW_PROPERTIES: Final = frozenset({"name", "mutingRulesHandling", "issuesFilter"})
MUTING_PROPERTIES: Final = frozenset({"name", "enabled", "condition", "schedule"})


def workflow(spec: Workflow, inputs: Mapping[str, Any], references: References) -> Workflow:
    """Return a workflow as the account has it. Raises `KeyError` for a filter that no spec can say."""
    predicates = {one["attribute"]: one for one in inputs["issuesFilter"]["predicates"]}
    if set(predicates) != {"labels.policyIds", "priority"}:
        raise KeyError("the filter has other parts than policies and priorities")
    policies = tuple(references.key(one, "AlertPolicy") for one in predicates["labels.policyIds"]["values"])
    triggers = {tuple(one.get("notificationTriggers", ())) for one in inputs.get("destinations", ())}
    return altered(
        spec,
        name=inputs["name"],
        policies=policies,
        priorities=tuple(Priority(one) for one in predicates["priority"]["values"]),
        muted_issues=inputs["mutingRulesHandling"],
        triggers=tuple(Trigger(one) for one in triggers.pop()) if len(triggers) == 1 else spec.triggers,
    )


def muting_rule(spec: MutingRule, inputs: Mapping[str, Any], references: References) -> MutingRule:
    """Return a muting rule as the account has it. Raises `KeyError` for a condition that no spec can say."""
    parts = inputs["condition"]["conditions"]
    if len(parts) != 1 or parts[0]["attribute"] != "policyId" or inputs["schedule"].get("repeat") != "WEEKLY":
        raise KeyError("it is no weekly rule for policies")
    times = inputs["schedule"]
    return altered(
        spec,
        name=inputs["name"],
        enabled=inputs["enabled"],
        policies=tuple(references.key(one, "AlertPolicy") for one in parts[0]["values"]),
        time_zone=times["timeZone"],
        first_start=times["startTime"],
        first_end=times["endTime"],
        weekdays=tuple(times["weeklyRepeatDays"]),
    )
