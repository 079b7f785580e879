"""What another threshold means: which values are told of no more, or now as well, and how much earlier or later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from monitors.review.alerts.edits import Edit, compared, lasting, side, whole
from monitors.review.changes import Danger
from monitors.review.findings import Finding
from monitors.review.phrases import between, quantity
from monitors.spec import Occurrences, Operator, Threshold
from monitors.words import duration, number

RISING: Final = (Operator.ABOVE, Operator.ABOVE_OR_EQUALS)
FALLING: Final = (Operator.BELOW, Operator.BELOW_OR_EQUALS)
_VERBS: Final = {"critical": "opens", "warning": "warns"}
_STRICT: Final = (Operator.ABOVE, Operator.BELOW)


def findings(edit: Edit, warns: str) -> Iterator[Finding]:
    """Yield what differs in the thresholds and the baseline; `warns` is what a warning of the new side does, or ""."""
    for name in ("critical", "warning"):
        old: Threshold | None = getattr(edit.old, name)
        new: Threshold | None = getattr(edit.new, name)
        if old is None or new is None:
            if old is not new:
                yield _appears(edit, name, old, new, warns)
        elif old != new:
            yield from (
                tell(edit, name, old, new) for field, tell in _OF_FIELD if getattr(old, field) != getattr(new, field)
            )
    yield from _baseline(edit)


def _appears(edit: Edit, name: str, old: Threshold | None, new: Threshold | None, warns: str) -> Finding:
    """Return what a threshold that comes or goes means."""
    was = "none" if old is None else whole(edit.old, old)
    now = "none" if new is None else whole(edit.new, new)
    if new is not None:
        says, meaning, danger = f"{_VERBS[name]} {now}, before not at all", "", edit.more
        if name == "warning":
            says, danger = f"warns {now}, before not at all", Danger.LOW if warns else Danger.HARMLESS
            meaning = f"a warning {warns}" if warns else "no workflow takes warnings, so nobody is told"
    elif name == "critical":
        says, danger = f"has no critical threshold any more, before {was}", edit.less
        meaning = f"nobody is {edit.told_of} what is critical"
    else:
        says, danger = f"warns no more, before {was}", Danger.MEDIUM
        meaning = "nobody is told before it is critical"
    return Finding(f"{name} threshold", says, danger, meaning, was, now, name)


def _value(edit: Edit, name: str, old: Threshold, new: Threshold) -> Finding:
    was, now = compared(edit.old, old), compared(edit.new, new)
    says = f"{_VERBS[name]} {now} {lasting(new)}, before {was}"
    meaning, danger = _of_value(edit, name, old, new)
    return Finding(f"{name} threshold", says, danger, meaning, was, now, f"{name}.value")


def _of_value(edit: Edit, name: str, old: Threshold, new: Threshold) -> tuple[str, Danger]:
    """Return what another value means, and its danger."""
    if not edit.compares_alike or old.operator is not new.operator or old.operator not in (*RISING, *FALLING):
        return "what opened it before may not do so now", _less(edit, name)
    milder = new.value < old.value if old.operator in RISING else new.value > old.value
    low, high = sorted((old.value, new.value))
    span = f"from {_range(edit, low, high)}"
    if milder:
        return f"it comes earlier and more often, already {span}", _more(edit, name)
    if name == "critical" and _is_still_warned(edit, old):
        return f"{span} it is a warning only", edit.less
    done = {"critical": edit.told, "warning": "warned"}[name]
    return f"{span} nobody is {done} any more", _less(edit, name)


def _is_still_warned(edit: Edit, old: Threshold) -> bool:
    """Say whether the warning covers the values that were critical before."""
    warning = edit.new.warning
    if warning is None or warning.operator is not old.operator:
        return False
    return warning.value <= old.value if old.operator in RISING else warning.value >= old.value


def _range(edit: Edit, low: float, high: float) -> str:
    if edit.new.baseline is not None:
        return f"{number(low)} to {number(high)} standard deviations"
    return between(quantity(low, edit.new.unit), quantity(high, edit.new.unit))


def _operator(edit: Edit, name: str, old: Threshold, new: Threshold) -> Finding:
    was, now = compared(edit.old, old), compared(edit.new, new)
    says = f"{_VERBS[name]} {now}, before {was}"
    danger, meaning = _less(edit, name), "what opened it before may not do so now"
    same_side = any(old.operator in one and new.operator in one for one in (RISING, FALLING))
    opposite = {old.operator, new.operator} & {*RISING} and {old.operator, new.operator} & {*FALLING}
    if same_side:
        exactly = quantity(new.value, edit.new.unit)
        if new.operator in _STRICT:
            meaning = f"exactly {exactly} opens nothing any more"
        else:
            danger, meaning = _more(edit, name), f"exactly {exactly} opens it as well"
    elif opposite:
        meaning = "it watches the opposite of what it watched"
    return Finding(f"{name} operator", says, danger, meaning, was, now, f"{name}.operator")


def _duration(edit: Edit, name: str, old: Threshold, new: Threshold) -> Finding:
    was, now = duration(old.duration_seconds), duration(new.duration_seconds)
    if new.occurrences is Occurrences.AT_LEAST_ONCE or old.occurrences is Occurrences.AT_LEAST_ONCE:
        says, danger = f"closes after {now} without a breach, before after {was}", Danger.LOW
        return Finding(f"{name} duration", says, danger, "", was, now, f"{name}.duration_seconds")
    says = f"{_VERBS[name]} after {now} {compared(edit.new, new)}, before after {was}"
    apart = duration(abs(new.duration_seconds - old.duration_seconds))
    if new.duration_seconds > old.duration_seconds:
        meaning = f"what is over within {now} is not told any more, everything else {apart} later"
        danger = _less(edit, name)
    else:
        meaning, danger = f"it comes {apart} earlier, and what lasts {now} opens it as well", _more(edit, name)
    return Finding(f"{name} duration", says, danger, meaning, was, now, f"{name}.duration_seconds")


def _occurrences(edit: Edit, name: str, old: Threshold, new: Threshold) -> Finding:
    was, now = lasting(old), lasting(new)
    if new.occurrences is Occurrences.AT_LEAST_ONCE:
        meaning, danger = "one window is enough, so that it comes earlier and more often", _more(edit, name)
    else:
        meaning = "every window of that time has to breach, so that what is over sooner is not told any more"
        danger = _less(edit, name)
    says = f"{_VERBS[name]} {compared(edit.new, new)} {now}, before {was}"
    return Finding(f"{name} occurrences", says, danger, meaning, was, now, f"{name}.occurrences")


_OF_FIELD: Final[tuple[tuple[str, Callable[[Edit, str, Threshold, Threshold], Finding]], ...]] = (
    ("value", _value),
    ("operator", _operator),
    ("duration_seconds", _duration),
    ("occurrences", _occurrences),
)


def _baseline(edit: Edit) -> Iterator[Finding]:
    old, new = edit.old.baseline, edit.new.baseline
    if old is None or new is None:
        if new is not None:
            says = "compares with what is usual at the time, before with a fixed value"
            yield Finding("baseline", says, edit.less, "slow trouble becomes usual", "none", side(new), "baseline")
        elif old is not None:
            says = "compares with a fixed value, before with what is usual at the time"
            meaning = "what is usual at some hours may be beyond it at others"
            yield Finding("baseline", says, edit.less, meaning, side(old), "none", "baseline")
        return
    if old.direction != new.direction:
        yield _direction(edit, side(old), side(new))
    if old.seasonality != new.seasonality:
        says = f"expects {_pattern(new.seasonality)}, before {_pattern(old.seasonality)}"
        meaning = "other values count as usual"
        names = (old.seasonality, new.seasonality)
        yield Finding("baseline seasonality", says, edit.more, meaning, *names, "baseline.seasonality")


def _direction(edit: Edit, was: str, now: str) -> Finding:
    wider = edit.new.baseline is not None and edit.new.baseline.direction == "upper_and_lower"
    meaning = "it comes more often" if wider else f"what is not {now} opens nothing any more"
    danger = edit.more if wider else edit.less
    return Finding("baseline direction", f"looks {now}, before {was}", danger, meaning, was, now, "baseline.direction")


def _pattern(seasonality: str) -> str:
    return {"new_relic_calculation": "the pattern that New Relic finds", "none": "no pattern"}.get(
        seasonality, f"{'an' if seasonality == 'hourly' else 'a'} {seasonality} pattern"
    )


def _less(edit: Edit, name: str) -> Danger:
    return edit.less if name == "critical" else Danger.MEDIUM


def _more(edit: Edit, name: str) -> Danger:
    return edit.more if name == "critical" else Danger.LOW
