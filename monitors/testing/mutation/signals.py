"""Changes of how points become values: windows, slide, method, fill, loss of signal; and the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from monitors.spec import Baseline, Cadence, EventFlow, EventTimer, Fill, LossOfSignal, NrqlCondition, Signal, SpecError
from monitors.testing.durations import duration_text
from monitors.testing.mutation.mutant import Mutant, mutant

# The first that makes a valid condition is taken: a window has to divide the threshold's duration.
_LONGER: Final = (Fraction(2), Fraction(3, 2), Fraction(5, 3), Fraction(3), Fraction(5, 2), Fraction(5))
_MINUTE: Final = 60
_ADDED_AFTER_SECONDS: Final = 300
_GAP: Final = "a case with a gap in the data, while it breaches and while an incident is open"
_TIMING: Final = "a case that says to the second when an incident opens"


def signal_mutants(condition: NrqlCondition) -> Iterator[Mutant]:
    """Yield every change of the signal, of loss of signal, of the baseline, and the condition switched off."""
    yield from _windows(condition)
    yield from _slides(condition)
    yield from _methods(condition)
    yield from _fills(condition)
    yield from _losses(condition)
    yield from _baselines(condition)
    yield from _made(mutant(condition, "enabled", "true", "false", "a case in which it opens", enabled=False))


def _windows(condition: NrqlCondition) -> Iterator[Mutant]:
    now = condition.signal.window_seconds
    for factors in (_LONGER, tuple(1 / factor for factor in _LONGER)):
        for factor in factors:
            window = now * factor
            if window.denominator > 1:
                continue
            made = list(
                _of_signal(
                    condition,
                    "window",
                    duration_text(now),
                    duration_text(int(window)),
                    _TIMING,
                    window_seconds=int(window),
                )
            )
            if made:
                yield made[0]
                break


def _slides(condition: NrqlCondition) -> Iterator[Mutant]:
    slide, window = condition.signal.slide_seconds, condition.signal.window_seconds
    changed = [window // 2] if slide is None else [slide // 2, slide * 2, None]
    for one in changed:
        before, after = ("none" if seconds is None else duration_text(seconds) for seconds in (slide, one))
        yield from _of_signal(condition, "slide", before, after, _TIMING, slide_seconds=one)


def _methods(condition: NrqlCondition) -> Iterator[Mutant]:
    now = condition.signal.method
    wait = now.timer_seconds if isinstance(now, EventTimer) else now.delay_seconds
    others: list[EventFlow | EventTimer | Cadence] = [
        other for other in (EventFlow(), EventTimer(), Cadence()) if other.kind != now.kind
    ]
    for seconds in (wait - _MINUTE, wait + _MINUTE):
        if seconds < 0:
            continue
        name = "timer_seconds" if isinstance(now, EventTimer) else "delay_seconds"
        try:
            others.append(now.model_copy(update={name: seconds}))
        except SpecError:
            continue
    for other in others:
        yield from _of_signal(condition, "method", _method(now), _method(other), _TIMING, method=other)


def _fills(condition: NrqlCondition) -> Iterator[Mutant]:
    now = condition.signal.fill
    for other in (Fill(), Fill(option="static", value=0.0), Fill(option="last_value")):
        if other.option != now.option:
            yield from _of_signal(condition, "fill", _fill(now), _fill(other), _GAP, fill=other)


def _losses(condition: NrqlCondition) -> Iterator[Mutant]:
    now = condition.loss_of_signal
    opens = LossOfSignal(after_seconds=_ADDED_AFTER_SECONDS, open_incident=True)
    closes = LossOfSignal(after_seconds=_ADDED_AFTER_SECONDS, open_incident=False, close_incidents=True)
    if now is None:
        yield from _loss(condition, "none", "opens after 5m", f"a case with silence of {_ADDED_AFTER_SECONDS} s", opens)
        yield from _loss(condition, "none", "closes after 5m", "a case with silence while an incident is open", closes)
        return
    before = _loss_text(now)
    silence = f"a case with silence of {duration_text(now.after_seconds)}, and one of a little less"
    yield from _loss(condition, before, "none", silence, None)
    changes: list[dict[str, Any]] = [
        {"after_seconds": now.after_seconds - _MINUTE},
        {"after_seconds": now.after_seconds + _MINUTE},
        {"open_incident": not now.open_incident},
        {"close_incidents": not now.close_incidents},
    ]
    for change in changes:
        try:
            changed = now.model_copy(update=change)
        except SpecError:
            continue
        notice = silence if "after_seconds" in change else "a case with silence while an incident is open"
        yield from _loss(condition, before, _loss_text(changed), notice, changed)


def _baselines(condition: NrqlCondition) -> Iterator[Mutant]:
    now = condition.baseline
    if now is None:
        return
    for direction in ("upper_only", "lower_only", "upper_and_lower"):
        if direction == now.direction:
            continue
        changed = Baseline(direction=direction, seasonality=now.seasonality)
        notice = "a case that is far above what is usual, and one far below"
        yield from _made(mutant(condition, "baseline.direction", now.direction, direction, notice, baseline=changed))


def _of_signal(
    condition: NrqlCondition, field: str, before: str, after: str, notice: str, **update: Any
) -> Iterator[Mutant]:
    try:
        signal: Signal = condition.signal.model_copy(update=update)
    except SpecError:
        return
    yield from _made(mutant(condition, f"signal.{field}", before, after, notice, signal=signal))


def _loss(
    condition: NrqlCondition, before: str, after: str, notice: str, loss: LossOfSignal | None
) -> Iterator[Mutant]:
    yield from _made(mutant(condition, "loss_of_signal", before, after, notice, loss_of_signal=loss))


def _made(one: Mutant | None) -> Iterator[Mutant]:
    if one is not None:
        yield one


def _method(method: EventFlow | EventTimer | Cadence) -> str:
    wait = method.timer_seconds if isinstance(method, EventTimer) else method.delay_seconds
    return f"{method.kind} {duration_text(wait)}"


def _fill(fill: Fill) -> str:
    return fill.option if fill.value is None else f"{fill.option} {fill.value:g}"


def _loss_text(loss: LossOfSignal) -> str:
    does = [word for word, is_set in (("opens", loss.open_incident), ("closes", loss.close_incidents)) if is_set]
    return f"{' and '.join(does)} after {duration_text(loss.after_seconds)}"
