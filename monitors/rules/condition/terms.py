"""Short forms for what checks of conditions look at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.spec import NrqlCondition, Operator, Threshold

MOST_TIMER_SECONDS: Final = 1200  # docs.newrelic.com, "Create NRQL alert conditions"
_WORDS: Final = {
    Operator.ABOVE: "above",
    Operator.ABOVE_OR_EQUALS: "at or above",
    Operator.BELOW: "below",
    Operator.BELOW_OR_EQUALS: "at or below",
    Operator.EQUALS: "equal to",
    Operator.NOT_EQUALS: "not equal to",
}


def named_terms(spec: NrqlCondition) -> Iterator[tuple[str, Threshold]]:
    """Yield the thresholds that are set, each with its field's name."""
    if spec.critical is not None:
        yield "critical", spec.critical
    if spec.warning is not None:
        yield "warning", spec.warning


def opens_on_silence(spec: NrqlCondition) -> bool:
    """Say whether a lost signal opens an incident."""
    return spec.loss_of_signal is not None and spec.loss_of_signal.open_incident


def shown(term: Threshold) -> str:
    """Return operator and value as a sentence has them, such as `above 5`."""
    return f"{_WORDS[term.operator]} {term.value:g}"
