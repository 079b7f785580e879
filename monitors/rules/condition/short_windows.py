"""Short and much overlapping windows: each value is a data point that is stored and evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition

_SHORTEST_SECONDS: Final = 60
_MOST_OVERLAP: Final = 60  # an hour looked at every minute


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    signal = one.spec.signal
    overlap = signal.window_seconds // signal.step_seconds
    if signal.step_seconds < _SHORTEST_SECONDS:
        message = (
            f"A value comes every {signal.step_seconds} s for each facet, {86_400 // signal.step_seconds:,} a day."
        )
        advice = "Use 60 s, unless 30 s of earlier notice are worth twice the data points."
    elif overlap > _MOST_OVERLAP:
        message = (
            f"Each point is counted in {overlap} windows: the window is {signal.window_seconds} s, the slide "
            f"{signal.step_seconds} s."
        )
        advice = f"Slide by {signal.window_seconds // _MOST_OVERLAP} s or more."
    else:
        return
    yield Finding(one.subject, "signal", message, advice)


CHECK = Check(
    code="condition/short-windows",
    level=Level.NOTE,
    summary="Short or much overlapping windows multiply what New Relic evaluates and bills.",
    run=of_conditions(_judge),
)
