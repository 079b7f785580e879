"""Delays shorter than a minute: data are sent in batches, and what arrives after its window has closed is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import EventTimer

# New Relic's agents send metrics once a minute and events every few seconds; New Relic's own default is 120 s.
_LEAST_SECONDS: Final = 60


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    method = one.spec.signal.method
    if isinstance(method, EventTimer) or method.delay_seconds >= _LEAST_SECONDS:
        return
    delay = method.delay_seconds
    zero = " New Relic's provider also never applies 0 over an earlier 120." if delay == 0 else ""
    yield Finding(
        one.subject,
        "signal.method.delay_seconds",
        f"Points that arrive {delay} s after newer ones are left out of their window: agents send in batches, up to a "
        f"minute apart.{zero}",
        "Use 120, New Relic's default, or measure how late points are and silence this with the figure.",
    )


CHECK = Check(
    code="condition/short-delay",
    level=Level.WARNING,
    summary="A delay is shorter than the time between two batches of data.",
    run=of_conditions(_judge),
)
