"""Values that an attribute never has, and comparisons across types: the condition is never met, or always."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from monitors.nrql.suggestions import suggest
from monitors.nrql.tree import Attribute, Comparison, Expression, Membership, Node, Number, Text
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.reading import Scope, scopes
from monitors.rules.review import ReviewedQuery
from service.metrics import COMMON, METRICS, Type
from service.metrics import Attribute as Carried

_ON_METRICS = frozenset({*COMMON, *(attribute for metric in METRICS.values() for attribute in metric.attributes)})


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for node in query.nodes:
        match node:
            case Comparison(operator="=" | "!=" as operator, left=left, right=right):
                yield from _compared(query, left, (right,), negated=operator == "!=")
                yield from _compared(query, right, (left,), negated=operator == "!=")
            case Comparison(operator="LIKE" | "NOT LIKE" as operator, left=Attribute() as left, right=Text() as right):
                yield from _alike(query, left, right, negated=operator == "NOT LIKE")
            case Membership(operand=left, options=tuple() as options, negated=negated):
                yield from _compared(query, left, options, negated=negated)


def _compared(
    query: ReviewedQuery, left: Expression, options: Sequence[Expression], *, negated: bool
) -> Iterator[Finding]:
    attribute = _definition(query, left) if isinstance(left, Attribute) else None
    if attribute is None:
        return
    for option in options:
        if isinstance(option, Text) and attribute.values and option.value not in attribute.values:
            near = suggest(option.value, attribute.values)
            advice = f"Did you mean '{near}'?" if near else f"It is one of {', '.join(attribute.values)}."
            yield _finding(query, option, f"{attribute.name} is never '{option.value}'", advice, negated=negated)
        elif not attribute.meaning:
            continue  # New Relic's own: whether it is kept as a text is not always documented
        elif isinstance(option, Text) and attribute.type is Type.NUMBER:
            fault = f"{attribute.name} is a number, and '{option.value}' is a text"
            yield _finding(query, option, fault, "Write the number without quotes.", negated=negated)
        elif isinstance(option, Number) and attribute.type is Type.TEXT:
            fault = f"{attribute.name} is a text, and {option.value} is a number"
            yield _finding(query, option, fault, f"Write '{option.value}' in quotes.", negated=negated)


def _alike(query: ReviewedQuery, left: Attribute, right: Text, *, negated: bool) -> Iterator[Finding]:
    attribute = _definition(query, left)
    if attribute is None or not attribute.values:
        return
    pattern = re.compile(".*".join(map(re.escape, right.value.split("%"))), re.IGNORECASE)
    if not any(pattern.fullmatch(value) for value in attribute.values):
        fault = f"no value of {attribute.name} is like '{right.value}'"
        yield _finding(query, right, fault, f"It is one of {', '.join(attribute.values)}.", negated=negated)


def _definition(query: ReviewedQuery, node: Attribute) -> Carried | None:
    """Return what is known of an attribute; None where what carries it is unknown, or carriers disagree."""
    for scope in scopes(query):
        if not scope.is_plain:
            continue
        for name in scope.names:
            if name.node is node:
                return _agreed(scope, name.text, [carrier.attributes for carrier in scope.carriers(name)])
    return None


def _agreed(scope: Scope, name: str, carried: Sequence[Mapping[str, Carried]]) -> Carried | None:
    found = {known[name] for known in carried if name in known}
    if not carried and scope.reads_metrics:
        found = {one for one in _ON_METRICS if one.name == name}
    return found.pop() if len(found) == 1 else None


def _finding(query: ReviewedQuery, node: Node, fault: str, advice: str, *, negated: bool) -> Finding:
    effect = "is met by every row" if negated else "is met by no row"
    return in_query(query, node.span, f"This {effect}: {fault}.", advice)


CHECK = Check(
    code="catalogue/impossible-value",
    level=Level.ERROR,
    summary="A query compares an attribute with a value that it never has.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
