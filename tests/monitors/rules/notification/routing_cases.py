"""The least stacks with a policy, its workflows and whom they tell."""

from __future__ import annotations

from typing import Any

import spec_builders as build

from monitors import spec


def told_by(
    *workflows: spec.Workflow, conditions: tuple[spec.NrqlCondition, ...] = (), **observability: Any
) -> spec.Stack:
    """Return a stack with one policy, whose issues go out by the workflows."""
    policies = (build.policy(conditions=conditions or (build.condition(),)),)
    destinations = (
        build.pagerduty_destination(),
        build.email_destination(),
        build.slack_destination(),
        build.webhook_destination(),
    )
    fields = {"policies": policies, "destinations": destinations, "workflows": workflows, **observability}
    return build.stack(observability=build.observability(**fields))


def mail(**changes: Any) -> spec.Workflow:
    """Return a workflow that mails every SEV3 issue."""
    fields = {
        "key": "mail",
        "name": "Mail",
        "severities": (spec.Severity.SEV3,),
        "priorities": tuple(spec.Priority),
        "channels": (build.email_channel(),),
    }
    return build.workflow(**{**fields, **changes})


def sev3(**changes: Any) -> spec.NrqlCondition:
    """Return a condition for working hours."""
    fields = {"key": "cost-spike", "name": "Cost spike", "severity": spec.Severity.SEV3}
    return build.condition(**{**fields, **changes})
