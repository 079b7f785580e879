"""Issues that begin as a warning and become critical: a workflow for critical ones alone is never told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.routes import opens, pages
from monitors.spec import Priority, Trigger, Workflow


def _run(review: Review) -> Iterator[Finding]:
    deaf: dict[str, list[Workflow]] = defaultdict(list)
    for workflow in review.stack.observability.workflows:
        if Priority.HIGH not in workflow.priorities and Trigger.PRIORITY_CHANGED not in workflow.triggers:
            for policy in workflow.policies:
                deaf[policy].append(workflow)
    for one in review.conditions:
        if one.spec.enabled and len(opens(one.spec)) > 1:
            for workflow in deaf.get(one.policy.key, ()):
                verb = "page" if pages(workflow) else "tell anybody"
                yield Finding(
                    one.subject,
                    "warning",
                    f"The warning opens the issue as HIGH. When it becomes CRITICAL that is no activation, so that "
                    f'workflow "{workflow.key}", which takes CRITICAL alone, does not {verb}.',
                    "Leave the warning out, or add Trigger.PRIORITY_CHANGED to the workflow's triggers.",
                )


CHECK = Check(
    code="notification/late-critical",
    level=Level.ERROR,
    summary="An issue that begins as a warning never reaches a workflow for critical ones.",
    run=_run,
)
