"""Monitors that check more seldom than their alert's window is long: most windows are empty, and reset the alert."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.synthetics.readers import check_scopes, monitor_names

PERIOD_SECONDS: Final[Mapping[str, int]] = {
    "EVERY_MINUTE": 60,
    "EVERY_5_MINUTES": 300,
    "EVERY_10_MINUTES": 600,
    "EVERY_15_MINUTES": 900,
    "EVERY_30_MINUTES": 1_800,
    "EVERY_HOUR": 3_600,
    "EVERY_6_HOURS": 21_600,
    "EVERY_12_HOURS": 43_200,
    "EVERY_DAY": 86_400,
}


def _run(review: Review) -> Iterator[Finding]:
    by_name = {monitor.name: monitor for monitor in review.stack.observability.monitors}
    for condition in review.conditions:
        for scope in check_scopes(condition.query):
            for text in monitor_names(scope):
                monitor = by_name.get(text.value)
                window = condition.spec.signal.window_seconds
                if monitor is not None and PERIOD_SECONDS[monitor.period] > window:
                    message = (
                        f'Monitor "{monitor.name}" checks every {PERIOD_SECONDS[monitor.period]} s, and '
                        f"signal.window_seconds is {window}: most windows hold no result."
                    )
                    advice = f"Give a window of at least {PERIOD_SECONDS[monitor.period]} s, or check more often."
                    yield Finding(condition.subject, "signal.window_seconds", message, advice)


CHECK = Check(
    code="synthetics/period",
    level=Level.ERROR,
    summary="A monitor checks more seldom than its alert's window is long.",
    run=_run,
)
