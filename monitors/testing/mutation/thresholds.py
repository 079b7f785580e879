"""Changes of what a signal is compared with: value, operator, duration, occurrences, and whether it is at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.spec import NrqlCondition, Occurrences, Operator, SpecError, Threshold
from monitors.testing.durations import duration_text
from monitors.testing.mutation.mutant import SHARE, Mutant, mutant
from service.metrics import Unit

_OPPOSITES: Final = {
    Operator.ABOVE: (Operator.ABOVE_OR_EQUALS, Operator.BELOW),
    Operator.ABOVE_OR_EQUALS: (Operator.ABOVE, Operator.BELOW_OR_EQUALS),
    Operator.BELOW: (Operator.BELOW_OR_EQUALS, Operator.ABOVE),
    Operator.BELOW_OR_EQUALS: (Operator.BELOW, Operator.ABOVE_OR_EQUALS),
    Operator.EQUALS: (Operator.NOT_EQUALS,),
    Operator.NOT_EQUALS: (Operator.EQUALS,),
}
_WHOLE_UNITS: Final = (Unit.ONE, Unit.DAYS)  # what is counted moves by one, what is measured by a share


def threshold_mutants(condition: NrqlCondition) -> Iterator[Mutant]:
    """Yield every change of the thresholds."""
    for name, term in (("critical", condition.critical), ("warning", condition.warning)):
        if term is None:
            continue
        for field, before, after, notice, changed in _changes(condition, term):
            made = mutant(condition, f"{name}.{field}", before, after, notice, **{name: changed})
            if made is not None:
                yield made
        dropped = mutant(condition, name, "declared", "dropped", f"a case in which the {name} opens", **{name: None})
        if dropped is not None:
            yield dropped


Change = tuple[str, str, str, str, Threshold]


def _changes(condition: NrqlCondition, term: Threshold) -> Iterator[Change]:
    for value in _moved(condition, term.value):
        low, high = sorted((term.value, value))
        between = f"a case that holds the signal between {low:g} and {high:g} for {_lasting(term)}"
        yield from _change(term, "value", f"{term.value:g}", f"{value:g}", between, value=value)
    for operator in _OPPOSITES[term.operator]:
        exactly = f"a case that holds the signal at exactly {term.value:g} for {_lasting(term)}"
        yield from _change(term, "operator", term.operator, operator, exactly, operator=operator)
    step = condition.signal.step_seconds
    for seconds in (term.duration_seconds - step, term.duration_seconds + step):
        long = f"a case that breaches for {duration_text(min(seconds, term.duration_seconds))}, and not a window longer"
        before, after = duration_text(term.duration_seconds), duration_text(seconds) if seconds > 0 else "0s"
        yield from _change(term, "duration", before, after, long, duration_seconds=seconds)
    # Of a single window, "all" and "at least once" are the same.
    if term.duration_seconds > step:
        turned = Occurrences.AT_LEAST_ONCE if term.occurrences is Occurrences.ALL else Occurrences.ALL
        once = f"a case that breaches once within {_lasting(term)}"
        yield from _change(term, "occurrences", term.occurrences, turned, once, occurrences=turned)


def _change(term: Threshold, field: str, before: str, after: str, notice: str, **update: object) -> Iterator[Change]:
    try:
        yield field, before, after, notice, term.model_copy(update=update)
    except SpecError:  # a duration of no time: it could not ship
        return


def _moved(condition: NrqlCondition, value: float) -> tuple[float, float]:
    if condition.unit in _WHOLE_UNITS and condition.baseline is None:
        return value - 1, value + 1
    by = abs(value) * SHARE or 1
    return float(f"{value - by:.6g}"), float(f"{value + by:.6g}")


def _lasting(term: Threshold) -> str:
    return duration_text(term.duration_seconds)
