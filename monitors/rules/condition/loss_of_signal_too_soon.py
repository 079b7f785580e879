"""Loss of signal that comes before the data can: sooner than a window, the delay, or two points of the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitors.nrql.tree import Query
from monitors.rules.check import Check, Finding
from monitors.rules.condition.cadence import PERIOD_SECONDS, metrics_of, monitor_names
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition
from monitors.spec import EventTimer


def _run(review: Review) -> Iterator[Finding]:
    periods = {one.name: PERIOD_SECONDS[one.period] for one in review.stack.observability.monitors}
    for one in review.conditions:
        loss, query = one.spec.loss_of_signal, one.query.query
        if loss is None or query is None:
            continue
        least, why = max(_needs(one, query, periods))
        if loss.after_seconds < least:
            yield Finding(
                one.subject,
                "loss_of_signal.after_seconds",
                f"Silence counts from {loss.after_seconds} s on, and {why}.",
                f"Use after_seconds={least} or more.",
            )


def _needs(one: ReviewedCondition, query: Query, periods: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    signal = one.spec.signal
    method = signal.method
    waits = method.timer_seconds if isinstance(method, EventTimer) else method.delay_seconds
    word = "timer" if isinstance(method, EventTimer) else "delay"
    if signal.slide_seconds is None:
        yield (
            signal.window_seconds,
            f"one window is {signal.window_seconds} s: it could hold points and still be called lost",
        )
    yield waits, f"the {word} alone is {waits} s: the signal is called lost before its last window is evaluated"
    every = [periods[name] for name in monitor_names(query) if name in periods]
    every += [metric.every_seconds for metric in metrics_of(one.query) if metric.every_seconds is not None]
    if every:
        yield 2 * max(every), f"points come every {max(every)} s: one that is late makes the signal lost"


CHECK = Check(
    code="condition/loss-of-signal-too-soon",
    level=Level.WARNING,
    summary="Loss of signal comes sooner than the next point can.",
    run=_run,
)
