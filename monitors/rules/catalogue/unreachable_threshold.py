"""Thresholds outside what the query can give: the alert never opens, or never closes."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.quantities import Quantity, selected
from monitors.rules.reading import scopes
from monitors.rules.review import Review, ReviewedCondition
from monitors.spec import Operator, Threshold


def _run(review: Review) -> Iterator[Finding]:
    for condition in review.conditions:
        if condition.spec.baseline is None:
            yield from _judge(condition)


def _judge(condition: ReviewedCondition) -> Iterator[Finding]:
    for scope in scopes(condition.query)[:1]:
        found = selected(scope)
        if not scope.is_plain or len(found) != 1:
            continue
        for name in ("critical", "warning"):
            term: Threshold | None = getattr(condition.spec, name)
            fault = None if term is None else _fault(found[0][1], term)
            if fault is not None:
                advice = "Give a value within what the query can give, or mend the query's scale."
                yield Finding(condition.subject, f"{name}.value", fault, advice, *found[0][0].span)


def _fault(given: Quantity, term: Threshold) -> str | None:
    says = f"{term.operator.replace('_', ' ')} {term.value:g}"
    if _never(given, term):
        return f"The query gives {_between(given)}, so that {says} never opens an incident."
    if _always(given, term):
        return f"The query gives {_between(given)}, so that {says} is always met: the incident never closes."
    return None


def _never(given: Quantity, term: Threshold) -> bool:
    least, most, value = given.least, given.most, term.value
    match term.operator:
        case Operator.ABOVE:
            return most is not None and value >= most
        case Operator.ABOVE_OR_EQUALS:
            return most is not None and value > most
        case Operator.BELOW:
            return least is not None and value <= least
        case Operator.BELOW_OR_EQUALS:
            return least is not None and value < least
        case Operator.EQUALS:
            return not _within(given, value)
        case _:
            return False


def _always(given: Quantity, term: Threshold) -> bool:
    least, most, value = given.least, given.most, term.value
    match term.operator:
        case Operator.ABOVE:
            return least is not None and value < least
        case Operator.ABOVE_OR_EQUALS:
            return least is not None and value <= least
        case Operator.BELOW:
            return most is not None and value > most
        case Operator.BELOW_OR_EQUALS:
            return most is not None and value >= most
        case Operator.NOT_EQUALS:
            return not _within(given, value)
        case _:
            return False


def _within(given: Quantity, value: float) -> bool:
    return (given.least is None or value >= given.least) and (given.most is None or value <= given.most)


def _between(given: Quantity) -> str:
    unit = "" if given.measure is None else f" ({given.measure})"
    if given.least is not None and given.most is not None:
        return f"{given.least:g} to {given.most:g}{unit}"
    return f"{given.least:g} and more{unit}" if given.least is not None else f"at most {given.most:g}{unit}"


CHECK = Check(
    code="catalogue/unreachable-threshold",
    level=Level.ERROR,
    summary="A threshold lies outside what the query can give.",
    run=_run,
)
