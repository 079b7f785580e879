"""What the parts of a condition demand of an attribute, as far as they compare it with constants."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from monitors.nrql.tree import Attribute, Boolean, Comparison, Expression, Is, Logical, Membership, Number, Text

Constant = str | int | float | bool
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Demand:
    """One part: `only` are the values it takes, `never` those it refuses; or a bound by `operator` and `bound`."""

    name: str
    part: Expression
    only: frozenset[Constant] | None = None
    never: frozenset[Constant] = frozenset()
    operator: str = ""
    bound: float = 0.0
    present: bool | None = None

    def takes(self, value: Constant) -> bool:
        """Say whether a value meets it."""
        if self.only is not None:
            return value in self.only
        if self.operator:
            return isinstance(value, (int, float)) and _holds(value, self.operator, self.bound)
        return value not in self.never and self.present is not False


def conjuncts(condition: Expression) -> Iterator[Expression]:
    """Yield the parts of a condition that all have to be met, in the order of the text."""
    waiting = [condition]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Logical) and part.operator == "AND":
            waiting.extend(reversed(part.parts))
        else:
            yield part


def demand(part: Expression) -> Demand | None:
    """Return what a part demands of its attribute, None where it does not compare one with constants."""
    match part:
        case Comparison(left=Attribute(name=name), right=right):
            return _compared(name, part, part.operator, right)
        case Comparison(left=left, right=Attribute(name=name)) if part.operator in _MIRRORED:
            return _compared(name, part, _MIRRORED[part.operator], left)
        case Membership(operand=Attribute(name=name), options=tuple() as options, negated=negated):
            values = [constant(one) for one in options]
            known = frozenset(one for one in values if one is not None)
            if len(known) < len(set(values)):
                return None
            return Demand(name, part, never=known) if negated else Demand(name, part, only=known)
        case Is(operand=Attribute(name=name), what="NULL", negated=negated):
            return Demand(name, part, present=negated)
        case Is(operand=Attribute(name=name), what=what, negated=False):
            return Demand(name, part, only=frozenset({what == "TRUE"}))
    return None


def constant(expression: Expression) -> Constant | None:
    """Return the value of a constant, None for anything else."""
    return expression.value if isinstance(expression, (Text, Number, Boolean)) else None


def clash(demands: Iterable[Demand]) -> tuple[Demand, Demand] | None:
    """Return two demands on one attribute that no value meets together, None when there are none.

    Each is held against the narrowest earlier one of each kind, so that thousands take no longer than their number.
    """
    kept: dict[Hashable, Demand] = {}
    for one in demands:
        for kind in _opposed_by(one):
            other = kept.get(kind)
            if other is not None and _exclude(other, one):
                return other, one
        for kind in _kinds(one):
            known = kept.get(kind)
            if known is None or _is_narrower(one, known):
                kept[kind] = one
    return None


def _kinds(one: Demand) -> Iterator[Hashable]:
    """Yield what a demand is kept as for later ones."""
    if one.present is False:
        yield "absent"
    elif one.never:
        yield from (("not", value) for value in one.never)
    else:
        yield "present"
        if one.only is not None:
            yield "only"
        elif one.operator:
            yield one.operator[0]


def _opposed_by(one: Demand) -> Iterator[Hashable]:
    """Yield the kinds of earlier demands that can exclude one."""
    if one.present is False:
        yield "present"
        return
    if one.only is None:
        yield "only"
    if not one.never:
        yield "absent"
    if one.only is not None:
        yield from ("only", "<", ">", *(("not", value) for value in one.only))
    elif one.operator:
        yield "<" if one.operator[0] == ">" else ">"


def _is_narrower(one: Demand, known: Demand) -> bool:
    if one.only is not None and known.only is not None:
        return len(one.only) < len(known.only)
    if one.operator and known.operator:
        return one.bound > known.bound if one.operator[0] == ">" else one.bound < known.bound
    return False


def _compared(name: str, part: Expression, operator: str, right: Expression) -> Demand | None:
    value = constant(right)
    if value is None:
        return None
    if operator == "=":
        return Demand(name, part, only=frozenset({value}))
    if operator == "!=":
        return Demand(name, part, never=frozenset({value}))
    if operator in _MIRRORED and isinstance(value, (int, float)) and not isinstance(value, bool):
        return Demand(name, part, operator=operator, bound=value)
    return None


def _exclude(one: Demand, other: Demand) -> bool:
    if one.present is False or other.present is False:
        return one.present is not other.present and not (one.never or other.never)
    if one.only is not None:
        return not any(other.takes(value) for value in one.only)
    if other.only is not None:
        return not any(one.takes(value) for value in other.only)
    return bool(one.operator and other.operator) and _apart(one, other)


def _apart(one: Demand, other: Demand) -> bool:
    """Say whether an upper bound of one lies below a lower bound of the other."""
    if one.operator[0] == other.operator[0]:
        return False
    low, high = (one, other) if one.operator[0] == ">" else (other, one)
    strict = low.operator == ">" or high.operator == "<"
    return low.bound > high.bound or (low.bound == high.bound and strict)


def _holds(value: float, operator: str, bound: float) -> bool:
    return {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}[operator]
