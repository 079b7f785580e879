"""Alerts on synthetic checks that do not wait for late results.

A result is recorded when its check ends and comes minutes later; New Relic advises five minutes of delay
(docs.newrelic.com, synthetic monitoring alerts by NRQL).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.synthetics.readers import check_scopes
from monitors.spec import EventTimer

_LEAST_SECONDS: Final = 300


def _run(review: Review) -> Iterator[Finding]:
    for condition in review.conditions:
        if next(check_scopes(condition.query), None) is None:
            continue
        method = condition.spec.signal.method
        name = "timer_seconds" if isinstance(method, EventTimer) else "delay_seconds"
        waited: int = getattr(method, name)
        if waited < _LEAST_SECONDS:
            message = f"{name} is {waited}: results of checks that come later than that are left out."
            advice = f"Use EventTimer(timer_seconds={_LEAST_SECONDS})."
            yield Finding(condition.subject, f"signal.method.{name}", message, advice)


CHECK = Check(
    code="synthetics/short-delay",
    level=Level.WARNING,
    summary="An alert on synthetic checks does not wait for late results.",
    run=_run,
)
