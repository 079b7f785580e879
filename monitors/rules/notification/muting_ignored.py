"""Muting rules without effect: the workflows of their policies tell of muted issues as well."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    seen = review.stack.observability
    for rule in seen.muting_rules:
        for workflow in seen.workflows:
            both = [key for key in rule.policies if key in workflow.policies]
            if rule.enabled and both and workflow.muted_issues == "NOTIFY_ALL_ISSUES":
                message = (
                    f'Workflow "{workflow.name}" tells of muted issues too (NOTIFY_ALL_ISSUES): the rule keeps nothing '
                    f"of {', '.join(both)} back."
                )
                advice = 'Set the workflow\'s muted_issues to "DONT_NOTIFY_FULLY_MUTED_ISSUES", or drop the rule.'
                yield Finding(review.subject("muting-rule", rule), "policies", message, advice)


CHECK = Check(
    code="notification/muting-ignored",
    level=Level.WARNING,
    summary="A muting rule has no effect on a workflow that tells of muted issues.",
    run=_run,
)
