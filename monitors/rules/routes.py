"""Which workflows are told of which conditions' issues, as New Relic chooses them: by policy and priority alone."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.spec import NrqlCondition, Observability, PagerDutyChannel, Policy, Priority, Workflow


def opens(condition: NrqlCondition) -> frozenset[Priority]:
    """Return the priorities of the issues that a condition opens; loss of signal opens critical ones."""
    loss = condition.loss_of_signal
    critical = condition.critical is not None or (loss is not None and loss.open_incident)
    found = [Priority.CRITICAL] if critical else []
    return frozenset([*found, *([Priority.HIGH] if condition.warning is not None else [])])


def policies_of(workflow: Workflow, seen: Observability) -> Iterator[Policy]:
    """Yield the policies that a workflow is told of."""
    named = set(workflow.policies)
    return (policy for policy in seen.policies if policy.key in named)


def conditions_of(workflow: Workflow, seen: Observability) -> Iterator[NrqlCondition]:
    """Yield the enabled conditions of a workflow's policies."""
    for policy in policies_of(workflow, seen):
        yield from (condition for condition in policy.conditions if condition.enabled)


def pages(workflow: Workflow) -> bool:
    """Say whether a workflow goes to PagerDuty."""
    return any(isinstance(channel, PagerDutyChannel) for channel in workflow.channels)
