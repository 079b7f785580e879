"""Which edits of a condition make New Relic evaluate it from the start again.

Source: docs.newrelic.com, "Create NRQL alert conditions", "Condition edits can reset condition evaluation". After a
reset an `all` threshold is blind for its whole duration, a sliding window for a whole window, and a baseline has lost
what it learned.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitors.spec import EventTimer, NrqlCondition, Signal, Threshold


def resets_evaluation(before: NrqlCondition, after: NrqlCondition) -> tuple[str, ...]:
    """Return the edited fields that reset the evaluation, by their path in the spec; empty when none does.

    Occurrences, the loss of signal's time and whether it opens an incident, names, texts and the time limit do not.
    """
    return tuple(_resets(before, after))


def _resets(before: NrqlCondition, after: NrqlCondition) -> Iterator[str]:
    if before.query != after.query:
        yield "query"
    yield from _signal(before.signal, after.signal)
    if _closes_on_loss(before) != _closes_on_loss(after):
        yield "loss_of_signal.close_incidents"
    if (before.baseline is None) != (after.baseline is None):
        yield "baseline"
    elif before.baseline and after.baseline and before.baseline.direction != after.baseline.direction:
        yield "baseline.direction"
    yield from _threshold("critical", before.critical, after.critical)
    yield from _threshold("warning", before.warning, after.warning)


def _signal(before: Signal, after: Signal) -> Iterator[str]:
    if before.window_seconds != after.window_seconds:
        yield "signal.window_seconds"
    if before.slide_seconds != after.slide_seconds:
        yield "signal.slide_seconds"
    if before.method.kind != after.method.kind:
        yield "signal.method"
    elif before.method != after.method:
        wait = "timer_seconds" if isinstance(after.method, EventTimer) else "delay_seconds"
        yield f"signal.method.{wait}"
    if before.fill.option != after.fill.option:
        yield "signal.fill.option"
    elif before.fill.value != after.fill.value:
        yield "signal.fill.value"


def _closes_on_loss(condition: NrqlCondition) -> bool:
    return condition.loss_of_signal is not None and condition.loss_of_signal.close_incidents


def _threshold(name: str, before: Threshold | None, after: Threshold | None) -> Iterator[str]:
    if before is None or after is None:
        if before is not after:
            yield name
        return
    for field in ("operator", "value", "duration_seconds"):
        if getattr(before, field) != getattr(after, field):
            yield f"{name}.{field}"
