"""Dimensional metrics: a point is one value, or a summary of many.

Recorded points are rows with `metricName` and either `value` (a gauge or count) or `count`, `sum`, `min` and `max` (a
summary or distribution). What each function makes of a point follows New Relic's documentation, "Metric data
structure": `average` is the total over the count.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitors.nrql.evaluator.values import NOTHING, Summary, Value


@dataclass(frozen=True, slots=True)
class MetricFields:
    """The columns that hold a point's fields, None where no row has the field."""

    value: str | None
    count: str | None
    sum: str | None
    min: str | None
    max: str | None


def metric_value(fields: MetricFields, condition: str) -> Value:
    """Return the value of a metric in rows that meet a condition; NOTHING where the rows hold no such metric at all."""
    if fields.value is None and fields.sum is None:
        return NOTHING
    number = fields.value and _where(condition, fields.value)
    if fields.sum is None or fields.count is None:
        return Value(number=number)
    one = f"CASE WHEN {fields.value} IS NOT NULL THEN 1 END" if fields.value else None
    return Value(
        number=number,
        summary=Summary(
            count=_where(condition, _first(fields.count, one)),
            sum=_where(condition, _first(fields.sum, fields.value)),
            min=_where(condition, _first(fields.min, fields.value)),
            max=_where(condition, _first(fields.max, fields.value)),
        ),
    )


def _where(condition: str, column: str) -> str:
    return column if condition == "TRUE" else f"(CASE WHEN {condition} THEN {column} END)"


def _first(*columns: str | None) -> str:
    present = [column for column in columns if column]
    if not present:
        return "NULL::DOUBLE"
    return present[0] if len(present) == 1 else f"coalesce({', '.join(present)})"
