"""Destinations that no workflow tells: made, kept, and never used."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    seen = review.stack.observability
    used = {channel.destination for workflow in seen.workflows for channel in workflow.channels}
    for destination in seen.destinations:
        if destination.key not in used:
            message = "No workflow has a channel into this destination: nothing is ever sent there."
            yield Finding(review.subject("destination", destination), "key", message, "Use it, or take it out.")


CHECK = Check(
    code="notification/unused-destination",
    level=Level.WARNING,
    summary="A destination is used by no workflow.",
    run=_run,
)
