"""Between which figures a condition's value can lie: by function, arithmetic and what the metric catalogue declares.

A range is never too narrow: whatever is not understood can be any number. Where no row passes FROM and WHERE there is
no value at all, so that a bare `count(*)` is 1 at least (docs.newrelic.com, "Create NRQL alert conditions", on null
values); with `filter()` it can be 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, inf, isnan, sqrt
from typing import Final

from monitors.nrql.tree import (
    Argument,
    Arithmetic,
    Attribute,
    Call,
    Expression,
    Logical,
    Negative,
    Number,
    Query,
)
from monitors.rules.review import ReviewedQuery
from monitors.spec import Operator, Threshold
from service.metrics import EVENTS, METRICS

# New Relic's agents' own times and sizes.
_NOT_NEGATIVE: Final = frozenset(
    {*("duration", "totalTime", "databaseDuration", "externalDuration", "queueDuration", "databaseCallCount"),
     *("externalCallCount", "webDuration", "timeToFirstByte", "responseTime")}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """Every value from `least` to `most`, both included; `whole` says that only whole numbers come."""

    least: float = -inf
    most: float = inf
    whole: bool = False

    def __str__(self) -> str:
        """Return it in words."""
        if self.least == self.most:
            return f"always {self.least:g}"
        if self.most == inf:
            return "any number" if self.least == -inf else f"{self.least:g} or more"
        return f"{self.most:g} or less" if self.least == -inf else f"{self.least:g} to {self.most:g}"


ANY: Final = Range()
_KEPT: Final = "kept_ranges"  # beside the fields of a reviewed query, where comparing does not look
_SHARE: Final = Range(0, 1)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads ranges in one query; `counted` is the least that a bare count can be."""

    query: Query
    counted: int

    def range_of(self, expression: Argument) -> Range:
        match expression:
            case Number(value=value):
                return Range(value, value, float(value).is_integer())
            case Negative(operand=operand):
                return _negative(self.range_of(operand))
            case Arithmetic(operator="/", left=left, right=right):
                return _SHARE if _is_share(left, right) else _quotient(self.range_of(left), self.range_of(right))
            case Arithmetic(operator=operator, left=left, right=right):
                return _ARITHMETIC[operator](self.range_of(left), self.range_of(right))
            case Logical(operator="OR", parts=parts):
                return _union(*(self.range_of(part) for part in parts))
            case Attribute(name=name):
                return self._of_attribute(name)
            case Call():
                return self._of_call(expression)
        return ANY

    def _of_attribute(self, name: str) -> Range:
        sources = self.query.source.event_types
        if sources == {"Metric"} and name in METRICS:
            return _bounded(METRICS[name].least, METRICS[name].most)
        if len(sources) == 1 and (event := EVENTS.get(next(iter(sources)))):
            for attribute in event.attributes:
                if attribute.name == name and attribute.unit is not None:
                    return _bounded(attribute.least, attribute.most)
        return Range(0) if name in _NOT_NEGATIVE else ANY

    def _of_call(self, call: Call) -> Range:
        function = _OF_CALL.get(call.function)
        return ANY if function is None or not call.arguments else function(self, call)

    def _first(self, call: Call) -> Range:
        return replace(self.range_of(call.arguments[0]), whole=False)

    def _count(self, _: Call) -> Range:
        return Range(self.counted, inf, whole=True)

    def _sum(self, call: Call) -> Range:
        inner = self.range_of(call.arguments[0])
        return Range(0 if inner.least >= 0 else -inf, 0 if inner.most <= 0 else inf, inner.whole)

    def _filter(self, call: Call) -> Range:
        return replace(self, counted=0).range_of(call.arguments[0])

    def _rate(self, call: Call) -> Range:
        return Range(0 if self.range_of(call.arguments[0]).least >= 0 else -inf)

    def _clamped(self, call: Call) -> Range:
        inner, limit = self.range_of(call.arguments[0]), self.range_of(call.arguments[-1])
        if call.function == "clamp_min":
            return Range(max(inner.least, limit.least), max(inner.most, limit.most))
        return Range(min(inner.least, limit.least), min(inner.most, limit.most))

    def _magnitude(self, call: Call) -> Range:
        inner = self.range_of(call.arguments[0])
        least = 0 if inner.least <= 0 <= inner.most else min(abs(inner.least), abs(inner.most))
        return Range(least, max(abs(inner.least), abs(inner.most)), inner.whole)

    def _rounded(self, call: Call) -> Range:
        if len(call.arguments) > 1:
            return ANY
        inner = self.range_of(call.arguments[0])
        return Range(_outward(inner.least, floor), _outward(inner.most, ceil), whole=True)

    def _root(self, call: Call) -> Range:
        inner = self.range_of(call.arguments[0])
        return Range(sqrt(max(inner.least, 0)), inf if inner.most == inf else sqrt(max(inner.most, 0)))

    def _choice(self, call: Call) -> Range:
        return _union(*(self.range_of(one) for one in call.arguments[1:]))


_OF_CALL: Final[Mapping[str, Callable[[_Reader, Call], Range]]] = {
    "count": _Reader._count,
    "uniqueCount": _Reader._count,
    "sum": _Reader._sum,
    **dict.fromkeys(("average", "min", "max", "latest", "earliest", "percentile", "median", "numeric"), _Reader._first),
    "filter": _Reader._filter,
    "rate": _Reader._rate,
    "percentage": lambda *_: Range(0, 100),
    "cdfPercentage": lambda *_: Range(0, 100),
    "apdex": lambda *_: _SHARE,
    "stddev": lambda *_: Range(0),
    "stdvar": lambda *_: Range(0),
    "clamp_min": _Reader._clamped,
    "clamp_max": _Reader._clamped,
    "abs": _Reader._magnitude,
    **dict.fromkeys(("round", "floor", "ceil"), _Reader._rounded),
    "sqrt": _Reader._root,
    "if": _Reader._choice,
}


def possible(query: Query, *, null_is_zero: bool = False) -> Range:
    """Return between which figures the query's one value lies, where there is a value.

    `null_is_zero` takes a bare count for 0 where nothing is counted, as its author may have meant it.
    """
    if len(query.select) != 1:
        return ANY
    return _Reader(query, 0 if null_is_zero else 1).range_of(query.select[0].expression)


def known_range(query: ReviewedQuery, *, null_is_zero: bool = False) -> Range:
    """Return `possible` of a reviewed query, worked out once for all checks."""
    tree = query.query
    if tree is None:
        return ANY
    kept: dict[bool, Range] = query.__dict__.setdefault(_KEPT, {})
    if null_is_zero not in kept:
        kept[null_is_zero] = possible(tree, null_is_zero=null_is_zero)
    return kept[null_is_zero]


def can_fire(term: Threshold, values: Range) -> bool:
    """Say whether some value of the range breaches the threshold."""
    match term.operator:
        case Operator.ABOVE:
            return values.most > term.value
        case Operator.ABOVE_OR_EQUALS:
            return values.most >= term.value
        case Operator.BELOW:
            return values.least < term.value
        case Operator.BELOW_OR_EQUALS:
            return values.least <= term.value
        case Operator.EQUALS:
            return values.least <= term.value <= values.most and not (values.whole and not term.value.is_integer())
        case Operator.NOT_EQUALS:
            return not values.least == values.most == term.value


def breaches(term: Threshold, value: float) -> bool:
    """Say whether one value breaches the threshold."""
    return can_fire(term, Range(value, value))


def always_fires(term: Threshold, values: Range) -> bool:
    """Say whether every value of the range breaches the threshold."""
    return not can_fire(term.model_copy(update={"operator": _OPPOSITE[term.operator]}), values)


_OPPOSITE: Final = {
    Operator.ABOVE: Operator.BELOW_OR_EQUALS,
    Operator.ABOVE_OR_EQUALS: Operator.BELOW,
    Operator.BELOW: Operator.ABOVE_OR_EQUALS,
    Operator.BELOW_OR_EQUALS: Operator.ABOVE,
    Operator.EQUALS: Operator.NOT_EQUALS,
    Operator.NOT_EQUALS: Operator.EQUALS,
}


def _is_share(part: Expression, whole: Expression) -> bool:
    """Say whether `filter(x, WHERE ...)` is divided by the same x: a part by its whole, where x does not shrink."""
    if isinstance(whole, Call) and whole.function == "clamp_min":
        floor_of, limit = whole.arguments
        return isinstance(limit, Number) and limit.value > 0 and _is_share(part, floor_of)  # type: ignore[arg-type]
    if not isinstance(part, Call) or part.function != "filter" or part.arguments[0] != whole:
        return False
    if not isinstance(whole, Call):
        return False
    if whole.function in ("count", "uniqueCount"):
        return True
    name = whole.arguments[0].name if whole.arguments and isinstance(whole.arguments[0], Attribute) else ""
    return whole.function == "sum" and name in METRICS and METRICS[name].least == 0


def _bounded(least: float | None, most: float | None) -> Range:
    return Range(-inf if least is None else least, inf if most is None else most)


def _union(*ranges: Range) -> Range:
    if not ranges:
        return ANY
    return Range(min(one.least for one in ranges), max(one.most for one in ranges), all(one.whole for one in ranges))


def _sum(one: Range, other: Range) -> Range:
    return Range(one.least + other.least, one.most + other.most, one.whole and other.whole)


def _difference(one: Range, other: Range) -> Range:
    return Range(one.least - other.most, one.most - other.least, one.whole and other.whole)


def _product(one: Range, other: Range) -> Range:
    corners = [_times(a, b) for a in (one.least, one.most) for b in (other.least, other.most)]
    return Range(min(corners), max(corners), one.whole and other.whole)


def _quotient(one: Range, other: Range) -> Range:
    if other.least < 0 < other.most or other.least == other.most == 0:
        return ANY
    if other.most <= 0:
        one, other = _negative(one), _negative(other)
    # Division by 0 gives no value; what remains can be as near to 0 as may be.
    corners = [_divided(a, b) for a in (one.least, one.most) for b in (other.least, other.most)]
    return Range(min(corners), max(corners))


def _negative(one: Range) -> Range:
    return replace(one, least=-one.most, most=-one.least)


def _times(one: float, other: float) -> float:
    product = one * other
    return 0 if isnan(product) else product


def _divided(one: float, other: float) -> float:
    if other == 0:
        return 0 if one == 0 else one * inf
    quotient = one / other
    return 0 if isnan(quotient) else quotient


def _outward(value: float, rounding: Callable[[float], int]) -> float:
    return value if value in (inf, -inf) else rounding(value)


_ARITHMETIC: Final[Mapping[str, Callable[[Range, Range], Range]]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "%": lambda *_: ANY,
}
