"""Conditions that page by a workflow not meant for their severity.

New Relic's filter knows policies and priorities; a severity is ours alone. So a SEV3 with a critical threshold in a
policy that pages wakes somebody.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.routes import opens, pages
from monitors.spec import Workflow


def _run(review: Review) -> Iterator[Finding]:
    workflows = review.stack.observability.workflows
    by_policy: dict[str, list[Workflow]] = {}
    for workflow in workflows:
        for key in workflow.policies:
            by_policy.setdefault(key, []).append(workflow)
    for condition in review.conditions:
        spec = condition.spec
        for workflow in by_policy.get(condition.policy.key, ()):
            taken = opens(spec).intersection(workflow.priorities)
            if spec.severity in workflow.severities or not taken or not pages(workflow):
                continue
            message = (
                f'It is {spec.severity}, and workflow "{workflow.name}", which is meant for '
                f"{' and '.join(workflow.severities)}, pages for it: New Relic filters by policy "
                f'"{condition.policy.name}" and priority alone.'
            )
            advice = "Move it to a policy whose workflow is meant for its severity."
            level = Level.WARNING if spec.severity.pages else Level.ERROR
            yield Finding(condition.subject, "severity", message, advice, level=level)


CHECK = Check(
    code="notification/severity-leak",
    level=Level.ERROR,
    summary="A condition pages by a workflow that is not meant for its severity.",
    run=_run,
)
