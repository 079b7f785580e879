"""Aggregates of how values are spread.

Sources: docs.newrelic.com, "NRQL reference". Percentiles are exact here; New Relic's own are within about 3 % ("Use
percentile() to understand relative error"). `stddev` and `stdvar` are of the whole population, as Prometheus' functions
of these names are; New Relic does not say which it means.
"""

from __future__ import annotations

from itertools import pairwise
from math import isfinite
from typing import Final

from monitors.nrql.evaluator.arguments import constant_number, named, positional
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.groups import Aggregate, Group
from monitors.nrql.evaluator.values import Value
from monitors.nrql.tree import Call

_NOTHING: Final = Value(number="NULL::DOUBLE")
_MOST_BUCKETS, _MOST_THRESHOLDS = 500, 10


def _percentile(group: Group, call: Call) -> Value:
    """One point gives a number, several a map from each point to its value."""
    value = group.argument(call)
    points = [constant_number(one, "a percentile", 95) for one in positional(call)[1:]] or [95.0]
    found = [_quantile(group, value, point, call) for point in points]
    if len(found) == 1:
        return Value(number=found[0])
    pairs = ", ".join(f"'{point}', {sql}" for point, sql in zip(points, found, strict=True))
    return Value(other=f"json_object({pairs})::VARCHAR")


def _median(group: Group, call: Call) -> Value:
    return Value(number=_quantile(group, group.argument(call), 50, call))


def _quantile(group: Group, value: Value, point: float, call: Call) -> str:
    """Return SQL of a percentile, in proportion where it falls between two values."""
    if not 0 <= point <= 100:
        raise NotEvaluated(f"{call.function}() of {point:g} is none; a percentile is 0 to 100")
    _single(value, call)
    if value.number is None:
        return "NULL::DOUBLE"
    return group.primitives.whole(f"quantile_cont({value.number}, {point / 100!r})", group.where)


def _single(value: Value, call: Call) -> None:
    """Refuse the summaries of a metric, which hold no single values."""
    if value.summary is not None:
        raise NotEvaluated(
            f"{call.function}() of a metric recorded as count, sum, min and max is not possible: single values are gone"
        )


def _stddev(group: Group, call: Call) -> Value:
    return _spread(group, call, "stddev_pop")


def _stdvar(group: Group, call: Call) -> Value:
    return _spread(group, call, "var_pop")


def _spread(group: Group, call: Call, function: str) -> Value:
    """Return the spread, 0 where no value is a number, as the reference says."""
    value = group.argument(call)
    _single(value, call)
    if value.number is None:
        return Value(number="0::DOUBLE")
    return Value(number=f"coalesce({group.primitives.whole(f'{function}({value.number})', group.where)}, 0)")


def _apdex(group: Group, call: Call) -> Value:
    """(satisfied + tolerating / 2) / all; satisfied is up to t, tolerating up to 4 t."""
    value = group.argument(call)
    _single(value, call)
    threshold = constant_number(named(call, "t"), "t of apdex()", 0.5)
    if not isfinite(4 * threshold):
        raise NotEvaluated(f"t of apdex() is {threshold:g}, and four times that is beyond all numbers")
    if value.number is None:
        return _NOTHING
    satisfied = group.primitives.count(f"{value.number} <= {threshold!r}", group.where)
    content = group.primitives.count(f"{value.number} <= {4 * threshold!r}", group.where)
    every = group.primitives.present(value.number, group.where)
    return Value(number=f"(({satisfied} + {content}) / 2.0 / nullif({every}, 0))")


def _histogram(group: Group, call: Call) -> Value:
    """Return how many values are in each bucket; the first and the last take what lies outside too."""
    value = group.argument(call)
    _single(value, call)
    places = positional(call, 1, 4)[1:]
    settings = [
        constant_number(
            named(call, name) or (places[at] if at < len(places) else None), f"{name} of histogram()", usual
        )
        for at, (name, usual) in enumerate((("width", 10), ("buckets", 40), ("start", 0)))
    ]
    width, buckets, start = settings[0], int(settings[1]), settings[2]
    if not 1 <= buckets <= _MOST_BUCKETS or width <= 0:
        raise NotEvaluated(f"histogram() takes 1 to {_MOST_BUCKETS} buckets and a width above 0")
    if not isfinite(start + buckets * width):
        raise NotEvaluated(f"histogram() has {buckets} buckets and a width of {width:g}, which goes beyond all numbers")
    number = value.number or "NULL::DOUBLE"
    edges = [start + at * width / buckets for at in range(1, buckets)]
    below = [group.primitives.count(f"{number} < {edge!r}", group.where) for edge in edges]
    below.append(group.primitives.count(f"{number} IS NOT NULL", group.where))
    counts = [below[0], *(f"{upper} - {lower}" for lower, upper in pairwise(below))]
    return Value(other=f"json_array({', '.join(counts)})::VARCHAR")


def _cdf_percentage(group: Group, call: Call) -> Value:
    """Return the percentage of values at or below each threshold; of one as a number, of several as a map."""
    value = group.argument(call)
    _single(value, call)
    thresholds = [constant_number(one, "a threshold of cdfPercentage()", 0) for one in positional(call, 2)[1:]]
    if len(thresholds) > _MOST_THRESHOLDS:
        raise NotEvaluated(f"cdfPercentage() takes up to {_MOST_THRESHOLDS} thresholds and has {len(thresholds)}")
    number = value.number or "NULL::DOUBLE"
    every = group.primitives.count(f"{number} IS NOT NULL", group.where)
    found = [
        f"({group.primitives.count(f'{number} <= {one!r}', group.where)} * 100.0 / nullif({every}, 0))"
        for one in thresholds
    ]
    if len(found) == 1:
        return Value(number=found[0])
    pairs = ", ".join(f"'{one}', {sql}" for one, sql in zip(thresholds, found, strict=True))
    return Value(other=f"json_object({pairs})::VARCHAR")


DISTRIBUTIONS: Final[dict[str, Aggregate]] = {
    "percentile": _percentile,
    "median": _median,
    "stddev": _stddev,
    "stdvar": _stdvar,
    "apdex": _apdex,
    "histogram": _histogram,
    "cdfpercentage": _cdf_percentage,
}
