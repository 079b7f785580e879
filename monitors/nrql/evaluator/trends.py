"""Aggregates of how values change over time.

Source: docs.newrelic.com, "NRQL reference": `derivative` and `predictLinear` are least-squares regressions, and with
less than two points there is none; `latestrate` is of the last two points. The reference gives no default for their
interval, so that it has to be written.
"""

from __future__ import annotations

from typing import Final

from monitors.nrql.evaluator.arguments import positional, seconds
from monitors.nrql.evaluator.groups import Aggregate, Group
from monitors.nrql.evaluator.primitives import both
from monitors.nrql.evaluator.values import Value
from monitors.nrql.tree import Call

_NOTHING: Final = Value(number="NULL::DOUBLE")


def _derivative(group: Group, call: Call) -> Value:
    number, interval = _measured(group, call)
    if number is None:
        return _NOTHING
    slope = group.primitives.whole(f"regr_slope({number}, {group.rows.scope.time})", group.where)
    return Value(number=f"{_finite(slope)} * {interval!r}")


def _predict_linear(group: Group, call: Call) -> Value:
    number, ahead = _measured(group, call)
    end = group.ends_at(call)
    if number is None:
        return _NOTHING
    time = group.rows.scope.time
    present = both(f"{number} IS NOT NULL", group.where)
    slope = _finite(group.primitives.whole(f"regr_slope({number}, {time})", group.where))
    level, middle = (group.primitives.whole(f"avg({sql})", present) for sql in (number, time))
    return Value(number=f"({level} + {slope} * ({end} + {ahead!r} - {middle}))")


def _latest_rate(group: Group, call: Call) -> Value:
    number, interval = _measured(group, call)
    if number is None:
        return _NOTHING
    time, present = group.rows.scope.time, both(f"{number} IS NOT NULL", group.where)
    last = [group.primitives.whole(f'arg_max({sql}, ({time}, "id"), 2)', present) for sql in (number, time)]
    change, elapsed = (f"({both_points}[1] - {both_points}[2])" for both_points in last)
    return Value(number=f"({change} * {interval!r} / nullif({elapsed}, 0))")


def _aggregation_end_time(group: Group, call: Call) -> Value:
    return Value(number=f"({group.ends_at(call)} * 1000)")


def _measured(group: Group, call: Call) -> tuple[str | None, float]:
    """Return the attribute as a number and the interval in seconds."""
    attribute, interval = positional(call, 2, 2)
    return group.rows.value(attribute).number, seconds(interval, f"the interval of {call.function}()")


def _finite(sql: str) -> str:
    """Return SQL that is NULL where all points are of one time, which has no slope."""
    return f"(CASE WHEN isfinite({sql}) THEN {sql} END)"


TRENDS: Final[dict[str, Aggregate]] = {
    "derivative": _derivative,
    "predictlinear": _predict_linear,
    "latestrate": _latest_rate,
    "aggregationendtime": _aggregation_end_time,
}
