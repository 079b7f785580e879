"""Timers shorter than the window: a pause within the window closes it early, and what comes later is lost."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.terms import MOST_TIMER_SECONDS as MOST_SECONDS
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import EventTimer


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    method, window = one.spec.signal.method, one.spec.signal.window_seconds
    if isinstance(method, EventTimer) and method.timer_seconds < min(window, MOST_SECONDS):
        yield Finding(
            one.subject,
            "signal.method.timer_seconds",
            f"The timer of {method.timer_seconds} s is shorter than the window of {window} s: a pause of that length "
            "closes the window before it is over, and later points are left out.",
            f"Use timer_seconds={min(window, MOST_SECONDS)}.",
        )


CHECK = Check(
    code="condition/short-timer",
    level=Level.WARNING,
    summary="A timer is shorter than the window, and closes it early.",
    run=of_conditions(_judge),
)
