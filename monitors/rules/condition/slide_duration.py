"""Durations that are a multiple of the slide and not of the window: New Relic's documents disagree on them."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.terms import named_terms
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    signal = one.spec.signal
    if signal.slide_seconds is None:
        return
    for name, term in named_terms(one.spec):
        if term.duration_seconds % signal.window_seconds:
            yield Finding(
                one.subject,
                f"{name}.duration_seconds",
                f"{term.duration_seconds} s is a multiple of the slide of {signal.slide_seconds} s and not of the "
                "window of "
                f"{signal.window_seconds} s; the provider's text asks for the window, New Relic's own examples use the "
                "slide.",
                "Silence this where an account took it, or use "
                f"{_near(term.duration_seconds, signal.window_seconds)} s.",
            )


def _near(duration: int, window: int) -> int:
    return max(1, round(duration / window)) * window


CHECK = Check(
    code="condition/slide-duration",
    level=Level.WARNING,
    summary="A sliding window's duration is no multiple of the window; whether New Relic takes it is disputed.",
    run=of_conditions(_judge),
)
