"""Warnings of paging alerts that no workflow takes: an issue opens, and nobody hears of it."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Priority


def _run(review: Review) -> Iterator[Finding]:
    workflows = review.stack.observability.workflows
    heard = {key for workflow in workflows if Priority.HIGH in workflow.priorities for key in workflow.policies}
    for condition in review.conditions:
        if condition.spec.warning is not None and condition.policy.key not in heard:
            message = f'Its warning opens a HIGH issue, which no workflow of policy "{condition.policy.name}" takes.'
            advice = "Add a workflow that tells a team of HIGH issues, or take the warning out."
            yield Finding(condition.subject, "warning", message, advice)


CHECK = Check(
    code="notification/unheard-warning",
    level=Level.NOTE,
    summary="A warning opens an issue that nobody is told of.",
    run=_run,
)
