"""Queries that select attributes: one line for each row, the latest first."""

from __future__ import annotations

from monitors.nrql.evaluator.cells import Columns
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.frames import Frame
from monitors.nrql.evaluator.labels import label_of
from monitors.nrql.evaluator.limits import limit_of
from monitors.nrql.evaluator.results import Result, Row
from monitors.nrql.evaluator.values import Value, as_text
from monitors.nrql.tree import Attribute, Query, Star

_DEFAULT_ROWS = 100


def listed(query: Query, frame: Frame, since: float, until: float) -> Result:
    """Return the rows themselves: `LIMIT` of them, 100 without one, the latest first or as ORDER BY says."""
    if query.timeseries is not None:
        raise NotEvaluated("TIMESERIES needs an aggregate function in SELECT")
    labels, values = _selected(query, frame)
    order = [f"{key} {_direction(query)} NULLS LAST" for key in _keys(query, frame)]
    order += ['"at" DESC', '"id" DESC']
    columns = Columns(values)
    lines = ", ".join(['"at"', *columns.sql()])
    sql = (
        f"SELECT {lines} FROM {frame.rows()} ORDER BY {', '.join(order)} "
        f"LIMIT {limit_of(query, _DEFAULT_ROWS)} OFFSET {query.offset or 0}"
    )
    rows = [Row((), at or 0.0, at or 0.0, columns.cells(parts)) for at, *parts in frame.session.rows(sql)]
    return Result(tuple(labels), (), tuple(rows), since, until)


def _selected(query: Query, frame: Frame) -> tuple[list[str], list[Value]]:
    labels: list[str] = []
    values: list[Value] = []
    for selection in query.select:
        if isinstance(selection.expression, Star):
            names = [name for name in sorted({"timestamp", *frame.scope.names()}) if name not in labels]
            labels += names
            values += [frame.compiler.value(Attribute(name)) for name in names]
        else:
            values.append(frame.compiler.value(selection.expression))
            labels.append(label_of(selection))
    return labels, values


def _keys(query: Query, frame: Frame) -> list[str]:
    """Return what the rows are ordered by: numbers before texts, each among themselves."""
    if query.order_by is None:
        return []
    value = frame.compiler.value(query.order_by.expression)
    return [sql for sql in (value.number, value.text, value.boolean) if sql] or [as_text(value)]


def _direction(query: Query) -> str:
    return "DESC" if query.order_by is not None and query.order_by.descending else "ASC"
