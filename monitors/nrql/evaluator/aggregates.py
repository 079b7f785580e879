"""Aggregate functions as SQL, with New Relic's rules for what is missing.

Within a group that has rows: `count` and `sum` of nothing are 0; `average`, `min`, `max` and `latest` of nothing are
NULL (docs.newrelic.com, "NRQL reference"). A group without rows does not exist here; what it means is for the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from monitors.nrql.evaluator.arguments import constant_number, named, positional, seconds, where
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.primitives import Primitives, both
from monitors.nrql.evaluator.values import Value, as_text
from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Call, Expression, Star


@dataclass(frozen=True)
class Group:
    """What an aggregate is compiled for: rows, primitives, a condition on the rows and the length of a group's time.

    `seconds` is SQL, None where a group has no length of its own, as a window that is not known yet.
    """

    rows: Compiler
    primitives: Primitives
    where: str | None = None
    seconds: str | None = None

    def aggregated(self, call: Call) -> Value:
        """Return the SQL of an aggregate call. Raises `NotEvaluated` for one that is not evaluated."""
        found = AGGREGATES.get(call.function.lower())
        if found is None:
            raise NotEvaluated(f"{call.function}() is not evaluated")
        return found(self, call)

    def when(self, condition: Expression) -> Group:
        """Return a group of fewer rows."""
        return replace(self, where=both(self.where, self.rows.condition(condition)))

    def argument(self, call: Call) -> Value:
        """Return the first argument's value in a row."""
        return self.rows.value(positional(call)[0])


Aggregate = Callable[[Group, Call], Value]


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
    return group.when(where(call).condition).aggregated(_inner(call))


def _percentage(group: Group, call: Call) -> Value:
    inner = _inner(call)
    part = group.when(where(call).condition).aggregated(inner).number
    whole = group.aggregated(inner).number
    return Value(number=f"({part} * 100.0 / nullif({whole}, 0))")


def _rate(group: Group, call: Call) -> Value:
    inner, *interval = positional(call, 1, 2)
    if not (isinstance(inner, Call) and is_aggregate(inner)):
        raise NotEvaluated("rate() takes an aggregate function as its first argument")
    if group.seconds is None:
        raise NotEvaluated("rate() needs the length of the window; give window_seconds")
    per = seconds(interval[0], "the interval of rate()") if interval else 60.0
    return Value(number=f"({group.aggregated(inner).number} * {per!r} / {group.seconds})")


def _percentiles(group: Group, call: Call) -> Value:
    value = group.argument(call)
    points = [constant_number(one, "a percentile", 95) for one in positional(call)[1:]] or [95.0]
    if len(points) > 1:
        raise NotEvaluated("percentile() with several points gives several values")
    return Value(number=percentile(group, value, points[0], call.function))


def percentile(group: Group, value: Value, point: float, function: str) -> str:
    """Return SQL of an exact percentile, between the nearest values where it falls between two."""
    if not 0 <= point <= 100:
        raise NotEvaluated(f"{function}() of {point:g} is none; a percentile is 0 to 100")
    if value.summary:
        raise NotEvaluated(f"{function}() of a metric's summaries is not possible: they hold no single values")
    if value.number is None:
        return "NULL::DOUBLE"
    return group.primitives.whole(f"quantile_cont({value.number}, {point / 100!r})", group.where)


def _median(group: Group, call: Call) -> Value:
    return Value(number=percentile(group, group.argument(call), 50, "median"))


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


def _unique_count(group: Group, call: Call) -> Value:
    values = [group.rows.value(one) for one in positional(call)]
    if not any(value.kinds or value.other for value in values):
        return Value(number="0")
    present = " OR ".join(value.present() for value in values)
    pieces = ", ".join(f"k{at} := {kind_and_text(value)}" for at, value in enumerate(values))
    return Value(number=group.primitives.whole(f"count(DISTINCT struct_pack({pieces}))", both(present, group.where)))


def kind_and_text(value: Value) -> str:
    """Return SQL that tells apart values of different kinds that are written alike, such as 1 and '1'."""
    if len(value.kinds) < 2:
        return as_text(value)
    parts = {"number": value.number, "text": value.text, "boolean": value.boolean}
    cases = " ".join(f"WHEN {sql} IS NOT NULL THEN '{kind}:'" for kind, sql in parts.items() if sql)
    return f"(CASE {cases} END || {as_text(value)})"


def _apdex(group: Group, call: Call) -> Value:
    """(satisfied + tolerating / 2) / all; satisfied up to t, tolerating up to 4 t."""
    number = group.argument(call).number
    threshold = constant_number(named(call, "t"), "t of apdex()", 0.5)
    if number is None:
        return Value(number="NULL::DOUBLE")
    count = group.primitives.count
    satisfied = count(f"{number} <= {threshold!r}", group.where)
    tolerated = count(f"{number} <= {4 * threshold!r}", group.where)
    return Value(
        number=f"(({satisfied} + {tolerated}) / 2.0 / nullif({count(f'{number} IS NOT NULL', group.where)}, 0))"
    )


def _inner(call: Call) -> Call:
    """Return the aggregate within `filter` and `percentage`."""
    inner = positional(call)[0]
    if not (isinstance(inner, Call) and is_aggregate(inner)):
        raise NotEvaluated(f"{call.function}() takes an aggregate function as its first argument")
    return inner


AGGREGATES: Final[dict[str, Aggregate]] = {
    "count": _count,
    "sum": _sum,
    "average": _average,
    "min": _min,
    "max": _max,
    "filter": _filter,
    "percentage": _percentage,
    "rate": _rate,
    "percentile": _percentiles,
    "median": _median,
    "latest": _latest,
    "earliest": _earliest,
    "uniquecount": _unique_count,
    "apdex": _apdex,
}
