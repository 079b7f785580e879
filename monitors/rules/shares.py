"""Shares of errors: what a condition's query divides by what, and how many errors open the alert at which traffic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitors.nrql.tree import Argument, Arithmetic, Attribute, Call, Expression, Number, Star
from monitors.rules.reading import Scope, scopes
from monitors.rules.review import ReviewedCondition
from monitors.spec import Occurrences, Operator, Threshold, Traffic

_RISING = (Operator.ABOVE, Operator.ABOVE_OR_EQUALS)
_FALLING = (Operator.BELOW, Operator.BELOW_OR_EQUALS)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of what `counted` counts, by `whole` (100 for percent, 1 for a ratio).

    `inverted` says that the value is the whole less the part, `floor` that the part is taken of at least so many.
    """

    counted: str
    whole: int
    inverted: bool
    floor: float

    def of(self, part: float, every: float) -> float:
        """Return the part of so many in percent, floor and all, as long as the value is not inverted."""
        return 100 * part / max(self.floor, every)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A share with a threshold on it: it opens when more than `percent` of what counts are in the part.

    With `of_good` the part is what went well, and the alert opens when it is small: a floor then makes it small by
    itself.
    """

    share: Share
    term: Threshold
    window_seconds: int
    slides: bool
    percent: float
    including: bool
    of_good: bool

    def is_over(self, percent: float) -> bool:
        """Say whether a share of bad ones breaches the threshold."""
        return percent >= self.percent if self.including else percent > self.percent

    @property
    def outlasts_one_event(self) -> bool:
        """Whether a single event in one window is not enough, because several windows have to breach."""
        if self.term.occurrences is Occurrences.AT_LEAST_ONCE:
            return False
        return self.term.duration_seconds > self.window_seconds

    def in_window(self, a_minute: float) -> float:
        """Return how many a window holds, of those that come so many a minute; a window with none has no value."""
        return max(1.0, a_minute * self.window_seconds / 60)


def alarm(condition: ReviewedCondition, term: Threshold | None) -> Alarm | None:
    """Return a condition's threshold as an alarm on a share of errors, None where it is another kind of alert."""
    if term is None or condition.spec.baseline is not None:
        return None
    for scope in scopes(condition.query)[:1]:
        share = share_of(scope) if scope.is_plain and len(scope.query.select) == 1 else None
        if share is None:
            continue
        percent = term.value * 100 / share.whole
        if term.operator in _RISING and not share.inverted:
            bad, of_good = percent, False
        elif term.operator in _FALLING:
            bad, of_good = 100 - percent, not share.inverted
        else:
            continue
        including = term.operator in (Operator.ABOVE_OR_EQUALS, Operator.BELOW_OR_EQUALS)
        signal = condition.spec.signal
        slides = signal.slide_seconds is not None
        return Alarm(share, term, signal.window_seconds, slides, bad, including, of_good)
    return None


def traffic_of(share: Share, traffic: Iterable[Traffic]) -> Traffic | None:
    """Return what is stated of the traffic that a share is taken of, None when nothing is."""
    return next((one for one in traffic if share.counted in one.counts), None)


def share_of(scope: Scope) -> Share | None:
    """Return what share a query gives: `part / whole`, times 100, less that, or percentage()."""
    expression = scope.query.select[0].expression
    inverted = False
    if isinstance(expression, Arithmetic) and expression.operator == "-" and isinstance(expression.left, Number):
        whole, expression, inverted = expression.left.value, expression.right, True
        found = _plain(scope, expression)
        if found is None or found.whole != whole:
            return None
        return Share(found.counted, found.whole, inverted, found.floor)
    return _plain(scope, expression)


def _plain(scope: Scope, expression: Expression) -> Share | None:
    match expression:
        case Arithmetic(operator="*", left=inner, right=Number(value=100)):
            return _quotient(scope, inner, 100)
        case Arithmetic(operator="*", left=Number(value=100), right=inner):
            return _quotient(scope, inner, 100)
        case Call(function="percentage", arguments=(first, _)):
            counted = _counted(scope, first)
            return None if counted is None else Share(counted, 100, False, 0)
        case Arithmetic(operator="/", left=Arithmetic(operator="*", left=part, right=Number(value=100)), right=every):
            return _quotient(scope, Arithmetic("/", part, every), 100)
        case Arithmetic(operator="/", left=Arithmetic(operator="*", left=Number(value=100), right=part), right=every):
            return _quotient(scope, Arithmetic("/", part, every), 100)
        case Arithmetic(operator="/"):
            return _quotient(scope, expression, 1)
    return None


def _quotient(scope: Scope, expression: Expression, whole: int) -> Share | None:
    match expression:
        case Arithmetic(operator="/", left=Call(function="filter", arguments=(part, _)), right=every):
            floor = 0.0
            match every:
                case Call(function="clamp_min", arguments=(inner, Number(value=least))):
                    every, floor = inner, float(least)  # type: ignore[assignment]  # an argument that is compared alone
            counted = _counted(scope, every) if part == every else None
            return None if counted is None else Share(counted, whole, False, floor)
    return None


def _counted(scope: Scope, aggregate: Argument) -> str | None:
    match aggregate:
        case Call(function="sum", arguments=(Attribute(name=name),)):
            return name
        case Call(function="count", arguments=(Star(),)) if len(scope.sources) == 1:
            return scope.sources[0].name
    return None
