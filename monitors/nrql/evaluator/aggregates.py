"""Aggregate functions as SQL, with New Relic's rules for what is missing.

Within a group that has rows: `count` and `sum` of nothing are 0; `average`, `min`, `max` and `latest` of nothing are
NULL (docs.newrelic.com, "NRQL reference"). A group without rows does not exist here; what it means is for the caller.
"""

from __future__ import annotations

from typing import Final

from monitors.nrql.evaluator.arguments import positional, seconds, where
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.groups import Aggregate, Group
from monitors.nrql.evaluator.primitives import both
from monitors.nrql.evaluator.values import Value
from monitors.nrql.tree import Call, Star


def _count(group: Group, call: Call) -> Value:
    argument = positional(call, 1, 1)[0]
    if isinstance(argument, Star):
        return Value(number=group.primitives.count(None, group.where))
    value = group.rows.value(argument)
    if value.summary:
        counted = group.primitives.number("sum", value.summary.count, group.where)
        return Value(number=f"coalesce({counted}, 0)")
    return Value(number=group.primitives.count(value.present(), group.where))


def _sum(group: Group, call: Call) -> Value:
    value = group.argument(call)
    number = value.summary.sum if value.summary else value.number
    if number is None:
        return Value(number="0::DOUBLE")
    return Value(number=f"coalesce({group.primitives.number('sum', number, group.where)}, 0)")


def _average(group: Group, call: Call) -> Value:
    value = group.argument(call)
    if value.summary:
        total = group.primitives.number("sum", value.summary.sum, group.where)
        count = group.primitives.number("sum", value.summary.count, group.where)
    elif value.number:
        total = group.primitives.number("sum", value.number, group.where)
        count = group.primitives.present(value.number, group.where)
    else:
        return Value(number="NULL::DOUBLE")
    return Value(number=f"({total} / nullif({count}, 0)::DOUBLE)")


def _min(group: Group, call: Call) -> Value:
    value = group.argument(call)
    number = value.summary.min if value.summary else value.number
    return Value(number=group.primitives.number("min", number, group.where) if number else "NULL::DOUBLE")


def _max(group: Group, call: Call) -> Value:
    value = group.argument(call)
    number = value.summary.max if value.summary else value.number
    return Value(number=group.primitives.number("max", number, group.where) if number else "NULL::DOUBLE")


def _filter(group: Group, call: Call) -> Value:
    return group.when(where(call).condition).aggregated(group.inner(call))


def _percentage(group: Group, call: Call) -> Value:
    inner = group.inner(call)
    part, whole = _number(group.when(where(call).condition), inner), _number(group, inner)
    return Value(number=f"({part} * 100.0 / nullif({whole}, 0))")


def _rate(group: Group, call: Call) -> Value:
    inner, (_, *interval) = group.inner(call), positional(call, 1, 2)
    if not interval:
        raise NotEvaluated("rate() without an interval is not evaluated, as New Relic names no default; add 1 minute")
    if group.seconds is None:
        raise NotEvaluated("rate() needs the length of the window; give window_seconds")
    per = seconds(interval[0], "the interval of rate()")
    return Value(number=f"({_number(group, inner)} * {per!r} / {group.seconds})")


def _number(group: Group, call: Call) -> str:
    """Return an aggregate's number, NULL where it gives none, as the latest text does."""
    return group.aggregated(call).number or "NULL::DOUBLE"


def _latest(group: Group, call: Call) -> Value:
    return _at_the_end(group, call, "arg_max_null")


def _earliest(group: Group, call: Call) -> Value:
    return _at_the_end(group, call, "arg_min_null")


def _at_the_end(group: Group, call: Call, choose: str) -> Value:
    """Return the last or first value; of several at one time the one that was recorded last or first."""
    value = group.argument(call)
    present = both(value.present(), group.where)
    key = f'({group.rows.scope.time}, "id")'
    return value.map(lambda sql: group.primitives.whole(f"{choose}({sql}, {key})", present))


AGGREGATES: Final[dict[str, Aggregate]] = {
    "count": _count,
    "sum": _sum,
    "average": _average,
    "min": _min,
    "max": _max,
    "filter": _filter,
    "percentage": _percentage,
    "rate": _rate,
    "latest": _latest,
    "earliest": _earliest,
}
