"""Layers of a schedule that nobody is ever on call by: a later layer covers every hour of them.

PagerDuty takes whoever the last layer names that has somebody at the moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for schedule in review.stack.response.schedules:
        for index, layer in enumerate(schedule.layers):
            over = next((one for one in schedule.layers[index + 1 :] if not one.restrictions), None)
            if over is None:
                continue
            begins_first = datetime.fromisoformat(over.start) <= datetime.fromisoformat(layer.start)
            since = "" if begins_first else f" from {over.start} on"
            message = f'"{over.name}" after it has no restrictions, and covers every hour of "{layer.name}"{since}.'
            advice = "Give the later layer restrictions, put it first, or delete the one that is covered."
            yield Finding(review.subject("schedule", schedule), f"layers.{index}", message, advice)


CHECK = Check(
    code="paging/hidden-layer",
    level=Level.WARNING,
    summary="A schedule's layer is covered by a later one at every hour.",
    run=_run,
)
