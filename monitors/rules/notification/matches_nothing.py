"""Workflows whose filter lets nothing through: New Relic takes them, and nobody ever hears anything."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.routes import conditions_of, opens


def _run(review: Review) -> Iterator[Finding]:
    seen = review.stack.observability
    for workflow in seen.workflows:
        subject = review.subject("workflow", workflow)
        conditions = list(conditions_of(workflow, seen))
        opened = frozenset().union(*(opens(condition) for condition in conditions))
        missing = [priority for priority in workflow.priorities if priority not in opened]
        wanted = " and ".join(missing)
        if missing and len(missing) == len(workflow.priorities):
            message = (
                f"The workflow takes {wanted} issues, and no condition of its policies opens one: it is never told."
            )
            advice = "Add a priority that they open, or a policy whose conditions open these."
            yield Finding(subject, "priorities", message, advice)
        elif missing:
            message = f"No condition of the workflow's policies opens a {wanted} issue."
            yield Finding(subject, "priorities", message, f"Leave {wanted} out, or add a threshold.", level=Level.NOTE)
        severities = {condition.severity for condition in conditions}
        strange = [severity for severity in workflow.severities if severity not in severities]
        if strange:
            message = f"The workflow is meant for {' and '.join(strange)}, and its policies hold no such condition."
            yield Finding(subject, "severities", message, "Name the severities its policies hold.", level=Level.WARNING)


CHECK = Check(
    code="notification/matches-nothing",
    level=Level.ERROR,
    summary="A workflow's filter lets nothing through.",
    run=_run,
)
