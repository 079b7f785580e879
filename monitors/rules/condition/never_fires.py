"""Thresholds that no value reaches: counts of nothing, percentages above 100, times below 0."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.ranges import Range, breaches, can_fire, known_range
from monitors.rules.condition.terms import named_terms, opens_on_silence, shown
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import Threshold


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query = one.query.query
    if query is None or one.spec.baseline is not None or len(query.select) != 1:
        return
    values, meant = known_range(one.query), known_range(one.query, null_is_zero=True)
    for name, term in named_terms(one.spec):
        if can_fire(term, values) or _is_filled(one, term):
            continue
        of_nothing = can_fire(term, meant)
        if of_nothing and opens_on_silence(one.spec):
            continue
        message, advice = _of_nothing(term) if of_nothing else _out_of_reach(term, values)
        start, end = query.select[0].expression.span
        yield Finding(one.subject, f"{name}.value", message, advice, start, end)


def _is_filled(one: ReviewedCondition, term: Threshold) -> bool:
    fill = one.spec.signal.fill
    return fill.option == "static" and fill.value is not None and breaches(term, fill.value)


def _of_nothing(term: Threshold) -> tuple[str, str]:
    return (
        f"A count is never 0 here: where nothing is counted there is no value at all, and {shown(term)} never opens.",
        "Give loss_of_signal with open_incident=True, or count with filter(count(*), WHERE ...) in what always has "
        "rows.",
    )


def _out_of_reach(term: Threshold, values: Range) -> tuple[str, str]:
    return (
        f"The value is {values}, so that {shown(term)} never opens.",
        "Give a threshold that can be reached, in the unit of the query.",
    )


CHECK = Check(
    code="condition/never-fires",
    level=Level.ERROR,
    summary="A threshold is out of reach of every value that the query can give.",
    run=of_conditions(_judge),
)
