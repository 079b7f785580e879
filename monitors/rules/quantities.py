"""What the values of a query are: their unit, and between which figures they can lie.

Units follow the arithmetic: two sums of one unit divided are a ratio, a ratio times 100 is a percentage, milliseconds
divided by 1,000 are seconds. Whatever is not understood has no unit, and is judged by no check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from monitors.nrql.tree import (
    Argument,
    Arithmetic,
    Attribute,
    Call,
    Expression,
    Labelled,
    Named,
    Negative,
    Number,
    Star,
    Where,
)
from monitors.rules.reading import Scope
from service.metrics import METRICS, Kind, Unit


class Measure(StrEnum):
    """What one unit of a value is: those of the catalogue, and a ratio, of which 1 is the whole."""

    ONE = "things"
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    DAYS = "days"
    PERCENT = "percent"
    RATIO = "a ratio (1 is the whole)"
    USD = "USD"
    TOKENS = "tokens"
    BYTES = "bytes"
    MEGABYTES = "megabytes"


OF_UNIT: Final[Mapping[Unit, Measure]] = {unit: Measure[unit.name] for unit in Unit}
# One unit of the first, times the figure, is in units of the second.
_CONVERSIONS: Final[tuple[tuple[Measure, float, Measure], ...]] = (
    (Measure.MILLISECONDS, 1 / 1000, Measure.SECONDS),
    (Measure.SECONDS, 1 / 86_400, Measure.DAYS),
    (Measure.MILLISECONDS, 1 / 86_400_000, Measure.DAYS),
    (Measure.RATIO, 100, Measure.PERCENT),
    (Measure.BYTES, 1 / 1_000_000, Measure.MEGABYTES),
    (Measure.BYTES, 1 / 1_048_576, Measure.MEGABYTES),
)
_KEEPING: Final = frozenset(
    {*("average", "sum", "min", "max", "latest", "earliest", "percentile", "median", "stddev", "filter", "abs"),
     *("round", "floor", "ceil", "clamp_min", "clamp_max", "rate", "numeric")}
)  # fmt: skip
_COUNTING: Final = frozenset({"count", "uniqueCount", "cardinality"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """The unit of a value, None where it is not known, and its bounds, None where there are none.

    `base` is a unit and `scale` what it was multiplied by since: only when both come to a unit again is that the
    quantity's measure. `mixed` names two units that the arithmetic adds or subtracts, and which do not go together;
    `fixed` is the value of a number that is written in the query. `adds_up` says that the values are a sum or count of
    what happened.
    """

    base: Measure | None = None
    least: float | None = None
    most: float | None = None
    fixed: float | None = None
    mixed: tuple[Measure, Measure] | None = None
    adds_up: bool = False
    scale: float = 1

    @property
    def measure(self) -> Measure | None:
        """The unit, None where it is not known."""
        return self.base if self.scale == 1 else None


UNKNOWN: Final = Quantity()
_SELECTED: Final = "selected_quantities"  # kept beside a scope's fields, for all checks


def quantity(scope: Scope, expression: Argument) -> Quantity:
    """Return what an expression of a query's SELECT gives."""
    match expression:
        case Number(value=value):
            return Quantity(least=value, most=value, fixed=value)
        case Attribute(name=name):
            return _of_name(scope, expression, name)
        case Negative(operand=operand):
            inner = quantity(scope, operand)
            return replace(
                inner, least=_opposite(inner.most), most=_opposite(inner.least), fixed=_opposite(inner.fixed)
            )
        case Arithmetic(operator=operator, left=left, right=right):
            found = _OPERATIONS[operator](quantity(scope, left), quantity(scope, right))
            return replace(found, least=0, most=1) if operator == "/" and _is_part(left, right) else found
        case Call():
            return _of_call(scope, expression)
    return UNKNOWN


def _of_name(scope: Scope, node: Attribute, name: str) -> Quantity:
    if scope.reads_metrics and name in METRICS:
        metric = METRICS[name]
        return Quantity(OF_UNIT[metric.unit], metric.least, metric.most, adds_up=metric.kind is Kind.COUNT)
    for known in scope.names:
        if known.node is node:
            carried = {one.attributes[name] for one in scope.carriers(known) if name in one.attributes}
            one = carried.pop() if len(carried) == 1 else None
            return UNKNOWN if one is None or one.unit is None else Quantity(OF_UNIT[one.unit], one.least, one.most)
    return UNKNOWN


def _is_part(left: Expression, right: Expression) -> bool:
    """Say whether a quotient's upper operand counts some of what the lower one counts, floors taken into account."""
    if isinstance(right, Call) and right.function == "clamp_min":
        return bool(right.arguments) and _is_part(left, _value(right.arguments[0]))
    return (
        isinstance(left, Call)
        and left.function == "filter"
        and len(left.arguments) == 2
        and left.arguments[0] == right
        and isinstance(right, Call)
        and right.function in ("count", "sum")
    )


def _value(argument: Argument) -> Expression:
    return Star() if isinstance(argument, (Where, Named, Labelled)) else argument


def _of_call(scope: Scope, call: Call) -> Quantity:
    function, arguments = call.function, call.arguments
    if function == "percentage":
        return Quantity(Measure.PERCENT, 0, 100)
    if function == "apdex":
        return Quantity(Measure.RATIO, 0, 1)
    if function in _COUNTING:
        return Quantity(Measure.ONE, least=0, adds_up=True)
    if function not in _KEEPING or not arguments or isinstance(arguments[0], (Star, Where)):
        return UNKNOWN
    inner = quantity(scope, arguments[0])
    match function:
        case "sum":
            least = 0.0 if inner.adds_up or (inner.least is not None and inner.least >= 0) else None
            return replace(inner, least=least, most=None, adds_up=True, fixed=None)
        case "abs":
            return replace(inner, least=0, most=None, fixed=None)
        case "clamp_min" | "clamp_max" if len(arguments) > 1:
            return _clamped(function, inner, quantity(scope, arguments[1]).fixed)
    return replace(inner, fixed=None)


def _clamped(function: str, inner: Quantity, limit: float | None) -> Quantity:
    if limit is None:
        return UNKNOWN
    if function == "clamp_min":
        return replace(inner, least=limit if inner.least is None else max(limit, inner.least))
    return replace(inner, most=limit if inner.most is None else min(limit, inner.most))


def _opposite(value: float | None) -> float | None:
    return None if value is None else -value


def _sum(left: Quantity, right: Quantity) -> Quantity:
    added = _added(left, right)
    least = None if left.least is None or right.least is None else left.least + right.least
    most = None if left.most is None or right.most is None else left.most + right.most
    return replace(added, least=least, most=most)


def _difference(left: Quantity, right: Quantity) -> Quantity:
    added = _added(left, right)
    least = None if left.least is None or right.most is None else left.least - right.most
    most = None if left.most is None or right.least is None else left.most - right.least
    return replace(added, least=least, most=most)


def _added(left: Quantity, right: Quantity) -> Quantity:
    mixed = left.mixed or right.mixed
    if left.fixed is not None or right.fixed is not None:
        number, other = (left, right) if left.fixed is not None else (right, left)
        whole = {Measure.PERCENT: 1, Measure.RATIO: 100}
        # 100 - ratio and 1 - percent: the number is the whole of the other of the two.
        if other.measure is not None and number.fixed == whole.get(other.measure):
            there = Measure.PERCENT if other.measure is Measure.RATIO else Measure.RATIO
            mixed = mixed or (there, other.measure)
        return Quantity(other.base, mixed=mixed, scale=other.scale)
    if left.measure is not None and right.measure is not None and left.measure is not right.measure:
        return Quantity(mixed=mixed or (left.measure, right.measure))
    if left.scale != right.scale:
        return Quantity(mixed=mixed)
    adds_up = left.adds_up and right.adds_up
    return Quantity(left.base or right.base, mixed=mixed, adds_up=adds_up, scale=left.scale)


def _product(left: Quantity, right: Quantity) -> Quantity:
    if left.fixed is not None and right.fixed is None:
        return _scaled(right, left.fixed)
    if right.fixed is not None:
        return _scaled(left, right.fixed)
    return Quantity(mixed=left.mixed or right.mixed)


def _quotient(left: Quantity, right: Quantity) -> Quantity:
    if right.fixed is not None:
        return _scaled(left, 1 / right.fixed) if right.fixed else Quantity(mixed=left.mixed)
    mixed = left.mixed or right.mixed
    if left.base is None or right.base is None:
        return Quantity(mixed=mixed)
    scale = left.scale / right.scale
    if left.base is right.base:
        positive = left.least is not None and left.least >= 0 and right.least is not None and right.least >= 0
        return _scaled(Quantity(Measure.RATIO, least=0 if positive else None, mixed=mixed), scale)
    # USD by requests is USD a request; other units by units are a rate that has no name here.
    return Quantity(left.base if right.base is Measure.ONE else None, mixed=mixed, scale=scale)


def _scaled(inner: Quantity, factor: float) -> Quantity:
    bounds = [None if bound is None else bound * factor for bound in (inner.least, inner.most)]
    least, most = bounds if factor >= 0 else reversed(bounds)
    if inner.fixed is not None:
        return Quantity(least=least, most=most, fixed=inner.fixed * factor)
    base, scale = _converted(inner.base, inner.scale * factor)
    return replace(inner, base=base, scale=scale, least=least, most=most)


def _converted(base: Measure | None, scale: float) -> tuple[Measure | None, float]:
    """Return the unit that a multiplied one comes to, with scale 1, or else what was given."""
    if scale in (1, -1):
        return base, 1
    for one, by, other in _CONVERSIONS:
        if base is one and _near(scale, by):
            return other, 1
        if base is other and _near(scale, 1 / by):
            return one, 1
    return base, scale


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * abs(other)


_OPERATIONS: Final[Mapping[str, Callable[[Quantity, Quantity], Quantity]]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
    "%": lambda left, right: Quantity(left.base, scale=left.scale),
}


def selected(scope: Scope) -> tuple[tuple[Expression, Quantity], ...]:
    """Return each item of SELECT with what it gives."""
    kept: tuple[tuple[Expression, Quantity], ...] | None = scope.__dict__.get(_SELECTED)
    if kept is None:
        kept = tuple((one.expression, quantity(scope, one.expression)) for one in scope.query.select)
        scope.__dict__[_SELECTED] = kept
    return kept
