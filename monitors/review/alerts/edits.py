"""What the parts that tell of an edited condition share: both sides, who hears of them, and how thresholds are said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitors.review.changes import Danger
from monitors.review.phrases import quantity
from monitors.spec import Baseline, NrqlCondition, Occurrences, Operator, Threshold
from monitors.words import duration, number

_OPERATORS: Final = {
    Operator.ABOVE: "above",
    Operator.ABOVE_OR_EQUALS: "at or above",
    Operator.BELOW: "below",
    Operator.BELOW_OR_EQUALS: "at or below",
    Operator.EQUALS: "at exactly",
    Operator.NOT_EQUALS: "at anything but",
}
_SIDES: Final = {"upper_only": "above", "lower_only": "below", "upper_and_lower": "above or below"}


@dataclass(frozen=True, slots=True)
class Edit:
    """A condition before and after, and whether it paged and pages."""

    old: NrqlCondition
    new: NrqlCondition
    paged: bool
    pages: bool

    @property
    def involves_pages(self) -> bool:
        """Whether it pages on either side: what goes wrong with it wakes somebody, or fails to."""
        return self.paged or self.pages

    @property
    def told(self) -> str:
        """What people are when it opens: `paged` or `told`."""
        return "paged" if self.paged else "told"

    @property
    def told_of(self) -> str:
        """The same before what it is about: `paged for` or `told of`."""
        return "paged for" if self.paged else "told of"

    @property
    def less(self) -> Danger:
        """The danger of noticing trouble later or never."""
        if not self.old.enabled:
            return Danger.LOW
        return Danger.HIGH if self.paged else Danger.MEDIUM

    @property
    def more(self) -> Danger:
        """The danger of being told earlier, more often or otherwise."""
        return Danger.MEDIUM if self.involves_pages else Danger.LOW

    @property
    def compares_alike(self) -> bool:
        """Whether the figures of both sides are of one kind, so that one is more than the other."""
        return self.old.unit is self.new.unit and (self.old.baseline is None) == (self.new.baseline is None)


def compared(condition: NrqlCondition, term: Threshold) -> str:
    """Return what a threshold compares, such as `above 7 %`; a baseline compares deviations."""
    if condition.baseline is not None:
        return f"more than {number(term.value)} standard deviations {side(condition.baseline)}"
    return f"{_OPERATORS[term.operator]} {quantity(term.value, condition.unit)}"


def whole(condition: NrqlCondition, term: Threshold) -> str:
    """Return a threshold with its duration, such as `above 7 % for 5 min`."""
    return f"{compared(condition, term)} {lasting(term)}"


def lasting(term: Threshold) -> str:
    """Return how long a threshold has to be breached, such as `for 5 min` or `at least once in 5 min`."""
    once = term.occurrences is Occurrences.AT_LEAST_ONCE
    return f"{'at least once in' if once else 'for'} {duration(term.duration_seconds)}"


def side(baseline: Baseline) -> str:
    """Return where a baseline looks, such as `above what is usual`."""
    return f"{_SIDES[baseline.direction]} what is usual"
