"""Changes of a query, made on its syntax tree: conditions, filters, aggregates, facets and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from monitors.nrql import parse, to_text
from monitors.nrql.tree import (
    Arithmetic,
    Attribute,
    Call,
    Comparison,
    Expression,
    Facet,
    Is,
    Logical,
    Membership,
    Node,
    Not,
    Number,
    Query,
    Star,
    Text,
    Where,
)
from monitors.rules.catalogue.vendor_types import VENDOR_TYPES
from monitors.spec import NrqlCondition
from monitors.testing.mutation.mutant import SHARE, Mutant, mutant
from monitors.testing.mutation.rewriting import Spot, put, spots
from service.metrics import COMMON, EVENTS, METRICS

_NEGATED: Final[dict[str, Any]] = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_NEGATED_PATTERNS: Final[dict[str, Any]] = {
    "LIKE": "NOT LIKE",
    "NOT LIKE": "LIKE",
    "RLIKE": "NOT RLIKE",
    "NOT RLIKE": "RLIKE",
}
_BOUNDARY: Final[dict[str, Any]] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_ARITHMETIC: Final[dict[str, Any]] = {"+": "-", "-": "+", "*": "/", "/": "*"}
_SWAPPED: Final[Mapping[str, tuple[str, ...]]] = {
    "sum": ("average", "max"),
    "average": ("max", "min", "sum"),
    "max": ("min", "average"),
    "min": ("max", "average"),
    "latest": ("max", "min"),
    "earliest": ("max", "min"),
    "percentile": ("average", "max"),
    "median": ("average", "max"),
    "uniqueCount": ("count",),
}
_OTHER_PERCENTILES: Final = {95: (90, 99), 99: (95,), 90: (50, 95), 50: (90,)}


class Change(NamedTuple):
    """A place in the tree and what is put there; `shown` and `becomes` say it in the reader's words."""

    path: tuple[Any, ...]
    node: Any
    shown: str
    becomes: str
    notice: str


def query_mutants(condition: NrqlCondition) -> Iterator[Mutant]:
    """Yield every change of the query, each text once."""
    tree = parse(condition.query)
    if not isinstance(tree, Query):
        return
    original = to_text(tree)
    seen = {original}
    titles: Counter[tuple[str, str]] = Counter()
    for change in _changes(tree):
        text = to_text(put(tree, change.path, change.node))
        if text in seen:
            continue
        seen.add(text)
        titles[change.shown, change.becomes] += 1
        place = titles[change.shown, change.becomes]
        shown = change.shown if place == 1 else f"{change.shown} (place {place})"
        made = mutant(condition, "query", shown, change.becomes, change.notice, query=text)
        if made is not None:
            yield made


def _changes(tree: Query) -> Iterator[Change]:
    for spot in spots(tree):
        match spot.node:
            case Query():
                yield from _of_query(spot.node)
            case Comparison() | Membership() | Is() | Not():
                yield from _of_condition(spot)
            case Logical():
                yield from _of_logical(spot, spot.node)
            case Call():
                yield from _of_call(spot, spot.node)
            case Arithmetic(operator=operator) if operator in _ARITHMETIC:
                yield from _of_arithmetic(spot, spot.node, _ARITHMETIC[operator])


def _of_query(query: Query) -> Iterator[Change]:
    if query.where is not None:
        shown = f"WHERE {_text(query.where)}"
        notice = "a case with data that the WHERE leaves out, bad enough to change the outcome"
        yield Change((("where", None),), None, shown, "no WHERE", notice)
    if query.facet is not None:
        notice = "a case with two facets of which one breaches"
        yield Change((("facet", None),), None, f"FACET {_facet_text(query.facet)}", "no FACET", notice)
        for index, item in enumerate(query.facet.by if len(query.facet.by) > 1 else ()):
            kept = (*query.facet.by[:index], *query.facet.by[index + 1 :])
            shown = f"FACET item {_text(item.expression)}"
            yield Change((("facet", None), ("by", None)), kept, shown, "left out", notice)


def _of_condition(spot: Spot) -> Iterator[Change]:
    notice = f"a case with data that meets `{_text(spot.node)}` and data that does not"
    match spot.node:
        case Comparison(operator=operator):
            if operator in _BOUNDARY:
                turned = replace(spot.node, operator=_BOUNDARY[operator])
                yield _changed(spot, turned, f"a case with data at the boundary of `{_text(spot.node)}`")
            negated = _NEGATED.get(operator) or _NEGATED_PATTERNS[operator]
            yield _changed(spot, replace(spot.node, operator=negated), notice)
            yield from _other_values(spot, spot.node)
        case Membership(options=options):
            yield _changed(spot, replace(spot.node, negated=not spot.node.negated), notice)
            if isinstance(options, tuple) and len(options) > 1:
                for index, option in enumerate(options):
                    fewer = replace(spot.node, options=(*options[:index], *options[index + 1 :]))
                    told = f"a case in which {_text(option)} counts"
                    yield _changed(spot, fewer, told)
        case Is():
            yield _changed(spot, replace(spot.node, negated=not spot.node.negated), notice)
        case Not():
            yield _changed(spot, spot.node.operand, notice)


def _other_values(spot: Spot, comparison: Comparison) -> Iterator[Change]:
    """Compare with other values: the attribute's others where they are a closed set, else one that nothing has."""
    if not (isinstance(comparison.left, Attribute) and isinstance(comparison.right, Text)):
        return
    value = comparison.right.value
    known = _closed_set(comparison.left.name, value)
    others = [other for other in known if other != value] or [f"{value}-other"]
    for other in others:
        notice = f"a case with data of {comparison.left.name} '{value}' and of '{other}'"
        yield _changed(spot, replace(comparison, right=Text(other)), notice)


def _closed_set(name: str, value: str) -> tuple[str, ...]:
    """Return the values an attribute can have, where they are a closed set that holds the one compared with."""
    attributes = list(COMMON)
    attributes += (one for metric in METRICS.values() for one in metric.attributes)
    attributes += (one for event in EVENTS.values() for one in event.attributes)
    attributes += (one for vendors in VENDOR_TYPES.values() for one in vendors.attributes.values())
    sets = (one.values for one in attributes if one.name == name and value in one.values)
    return next(sets, ())


def _of_logical(spot: Spot, logical: Logical) -> Iterator[Change]:
    for index, part in enumerate(logical.parts):
        rest = (*logical.parts[:index], *logical.parts[index + 1 :])
        left: Expression = rest[0] if len(rest) == 1 else replace(logical, parts=rest)
        notice = f"a case with data that only `{_text(part)}` leaves out"
        yield Change(spot.path, left, f"{_text(part)} in {logical.operator}", "left out", notice)
    turned: Any = "OR" if logical.operator == "AND" else "AND"
    notice = f"a case with data that meets only one part of `{_text(logical)}`"
    yield _changed(spot, replace(logical, operator=turned), notice)


def _of_call(spot: Spot, call: Call) -> Iterator[Change]:
    if call.function in ("filter", "percentage") and isinstance(call.arguments[-1], Where):
        notice = f"a case with data that `{_text(call.arguments[-1])}` leaves out"
        yield _changed(spot, call.arguments[0], notice)
    elif call.function in ("clamp_min", "clamp_max"):
        yield from _of_clamp(spot, call)
    elif call.function in _SWAPPED and not isinstance(call.arguments[0], Star):
        notice = f"a case whose points differ within a window, so that {call.function} and the other are told apart"
        for other in _SWAPPED[call.function]:
            kept = call.arguments[:1] if call.function == "percentile" else call.arguments
            yield _changed(spot, Call(other, kept), notice)
    if call.function == "percentile" and len(call.arguments) > 1 and isinstance(call.arguments[1], Number):
        for value in _OTHER_PERCENTILES.get(int(call.arguments[1].value), ()):
            notice = f"a case in which between {value} and {call.arguments[1].value} % of the values are good"
            yield _changed(spot, replace(call, arguments=(call.arguments[0], Number(value))), notice)


def _of_clamp(spot: Spot, call: Call) -> Iterator[Change]:
    value, bound = call.arguments
    notice = f"a case with less traffic than {_text(bound)}, and one with a little more"
    yield _changed(spot, value, notice)
    if isinstance(bound, Number):
        # Counts are whole: a tenth more often makes no difference that any data could show.
        for number in (bound.value / 2, bound.value * 2):
            yield _changed(spot, replace(call, arguments=(value, _whole(number))), notice)


def _of_arithmetic(spot: Spot, sum_: Arithmetic, turned: Any) -> Iterator[Change]:
    """Change the operator, then each operand that is a number; what is shown is the operator and its number."""
    right, notice = _text(sum_.right), "a case in which it opens"
    yield Change(spot.path, replace(sum_, operator=turned), f"{sum_.operator} {right}", f"{turned} {right}", notice)
    for name, operand in (("left", sum_.left), ("right", sum_.right)):
        if not isinstance(operand, Number):
            continue
        for factor in (1 - SHARE, 1 + SHARE):
            changed = _whole(float(f"{operand.value * factor:.6g}"))
            texts = (_text(operand), _text(changed))
            shown = [f"{one} {sum_.operator}" if name == "left" else f"{sum_.operator} {one}" for one in texts]
            path = (*spot.path, (name, None))
            yield Change(path, changed, shown[0], shown[1], "a case that holds the signal near the threshold")


def _changed(spot: Spot, node: Node, notice: str) -> Change:
    return Change(spot.path, node, _text(spot.node), _text(node), notice)


def _whole(number: float) -> Number:
    return Number(int(number) if float(number).is_integer() else number)


def _text(node: Any) -> str:
    return to_text(node)


def _facet_text(facet: Facet) -> str:
    return ", ".join(_text(item.expression) for item in facet.by) or "CASES"
