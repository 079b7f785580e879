"""Event flow on what comes seldom: a window closes only when a later point arrives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from monitors.nrql.tree import Query
from monitors.rules.check import Check, Finding
from monitors.rules.condition.cadence import PERIOD_SECONDS, monitor_names, rare_source
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition
from monitors.spec import EventFlow

_LONGEST_GAP_SECONDS: Final = 65 * 60  # docs.newrelic.com, "Streaming alerts: key terms and concepts"


def _run(review: Review) -> Iterator[Finding]:
    periods = {one.name: PERIOD_SECONDS[one.period] for one in review.stack.observability.monitors}
    for one in review.conditions:
        if isinstance(one.spec.signal.method, EventFlow) and one.query.query is not None:
            yield from _judge(one, one.query.query, periods)


def _judge(one: ReviewedCondition, query: Query, periods: Mapping[str, int]) -> Iterator[Finding]:
    period = max((periods[name] for name in monitor_names(query) if name in periods), default=0)
    if period > _LONGEST_GAP_SECONDS:
        message = f"Points are {period // 60} min apart, and event flow gives a signal up after 65 min without one."
        yield _finding(one, message, Level.ERROR)
        return
    rare = rare_source(query)
    if rare:
        message = (
            f"{rare} may not come for hours: event flow closes a window only when a later point arrives, so that the "
            "last one before a pause waits for the next."
        )
        yield _finding(one, message)


def _finding(one: ReviewedCondition, message: str, level: Level | None = None) -> Finding:
    window = one.spec.signal.window_seconds
    return Finding(
        one.subject,
        "signal.method",
        message,
        f"Use EventTimer(timer_seconds={min(window, 1200)}), which closes a window by time.",
        level=level,
    )


CHECK = Check(
    code="condition/sparse-event-flow",
    level=Level.WARNING,
    summary="Event flow waits for the next point of what comes seldom.",
    run=_run,
)
