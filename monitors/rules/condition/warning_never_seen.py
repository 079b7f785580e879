"""Warnings that nobody hears of: every workflow of the policy takes critical issues alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.condition.terms import shown
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Priority, Severity


def _run(review: Review) -> Iterator[Finding]:
    heard: dict[str, set[Severity]] = defaultdict(set)
    for workflow in review.stack.observability.workflows:
        if Priority.HIGH in workflow.priorities:
            for policy in workflow.policies:
                heard[policy].update(workflow.severities)
    for one in review.conditions:
        if one.spec.warning is not None and one.spec.severity not in heard[one.policy.key]:
            yield Finding(
                one.subject,
                "warning",
                f"The warning {shown(one.spec.warning)} opens HIGH issues, and every workflow of policy "
                f'"{one.policy.key}" for {one.spec.severity} takes CRITICAL alone: nobody hears of it.',
                "Leave the warning out, or declare it as a condition of its own with a milder severity.",
            )


CHECK = Check(
    code="condition/warning-never-seen",
    level=Level.WARNING,
    summary="A warning threshold reaches nobody.",
    run=_run,
)
