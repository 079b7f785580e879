"""Two workflows that tell the same destination of the same issue."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import Channel, SlackChannel, Workflow


def _run(review: Review) -> Iterator[Finding]:
    by_destination: dict[tuple[str, str], list[Workflow]] = {}
    for workflow in review.stack.observability.workflows:
        for channel in workflow.channels:
            told = by_destination.setdefault(_target(channel), [])
            if workflow not in told:
                told.append(workflow)
    for (destination, _), workflows in by_destination.items():
        for one, other in combinations(workflows, 2):
            policies = [key for key in one.policies if key in other.policies]
            priorities = [priority for priority in one.priorities if priority in other.priorities]
            if policies and priorities:
                message = (
                    f'"{destination}" hears of every {" and ".join(priorities)} issue of {", ".join(policies)} twice: '
                    f'workflow "{one.name}" tells it as well.'
                )
                advice = "Give the two workflows different policies or priorities."
                yield Finding(review.subject("workflow", other), "channels", message, advice)


def _target(channel: Channel) -> tuple[str, str]:
    return channel.destination, channel.channel_id.name if isinstance(channel, SlackChannel) else ""


CHECK = Check(
    code="notification/told-twice",
    level=Level.WARNING,
    summary="Two workflows tell one destination of the same issues.",
    run=_run,
)
