"""An alert condition's query as SQL: which rows are points, by what facets, and what a group of them is worth.

A condition may nest its query: `SELECT max(rate) FROM (SELECT ... FACET host)`. Then every level works on the results
of the one within it, group by group (docs.newrelic.com, "Create NRQL alert conditions": the innermost query has a
FACET, and all levels have the same window).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from monitors.nrql.aggregates import aggregates_in
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.data import Data
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.facets import facet_values
from monitors.nrql.evaluator.groups import Group
from monitors.nrql.evaluator.labels import facet_labels, label_of
from monitors.nrql.evaluator.primitives import InOneGo, NotDecomposable, Primitives
from monitors.nrql.evaluator.scope import Aside, Lines, Rows, Scope, WithVariables
from monitors.nrql.evaluator.values import Value, as_text
from monitors.nrql.evaluator.variables import bindings
from monitors.nrql.functions import is_aggregate
from monitors.nrql.printer import to_text
from monitors.nrql.tree import (
    Attribute,
    Call,
    EventType,
    Labelled,
    Named,
    Node,
    Query,
    Selection,
    Star,
    Subquery,
    Where,
)
from monitors.nrql.walk import walk

_REFUSED: Final = {
    "timeseries": "TIMESERIES",
    "compare_with": "COMPARE WITH",
    "since": "SINCE",
    "until": "UNTIL",
    "predict": "PREDICT",
    "metric_format": "WITH METRIC_FORMAT",
    "order_by": "ORDER BY",
    "limit": "LIMIT",
    "offset": "OFFSET",
}


@dataclass(frozen=True)
class Plan:
    """A query compiled for the tables of some data.

    `where` is SQL of which rows are points, and `facets` of the parts of their facets as text. `value` is that of a
    group over the relation that `results` makes of the group's rows, which have its number as `g`.
    """

    rows: Rows
    where: str
    facets: tuple[str, ...]
    value: str
    results: Callable[[str], str]


def levels_of(query: Query) -> tuple[Query, ...]:
    """Return a query and those it is nested over, the innermost first. Raises `NotEvaluated` for no condition's."""
    _refuse(query)
    first = query.source.items[0] if query.source.items else None
    if isinstance(first, Subquery) and len(query.source.items) == 1:
        inner = levels_of(first.query)
        if inner[0].facet is None:
            raise NotEvaluated("the innermost query of a nested one needs a FACET in an alert condition; add one")
        return (*inner, query)
    for item in query.source.items:
        if not isinstance(item, EventType):
            raise NotEvaluated(f"FROM with a {type(item).__name__.lower()} is not evaluated as an alert condition")
    return (query,)


def event_types(levels: tuple[Query, ...]) -> frozenset[str]:
    """Return the event types that a condition reads."""
    return levels[0].source.event_types


def plan_of(
    levels: tuple[Query, ...],
    data: Data,
    primitives: Primitives,
    window_seconds: float | None,
    variables: Mapping[str, object],
) -> Plan:
    """Return a query compiled for some data. Raises `NotDecomposable` where the primitives do not suffice for it."""
    seconds = None if window_seconds is None else repr(float(window_seconds))
    rows = Rows(data.of_types(event_types(levels)), event_types(levels))
    compiler = by_row = _compiler(levels[0], rows, variables)
    steps: list[Callable[[str], str]] = []
    conditions: list[str] = []
    for level in levels[:-1]:
        if not isinstance(primitives, InOneGo):
            raise NotDecomposable("a nested query")
        step, lines = _step(level, Group(compiler, primitives, seconds=seconds), variables, filtered=bool(steps))
        steps.append(step)
        named = dict(zip(facet_labels(level.facet), facet_values(by_row, level.facet), strict=True))
        conditions += [f"({value.present()})" for value in named.values()]
        compiler, by_row = _compiler(level, lines, variables), _compiler(level, Lines(named, rows), variables)
    outermost = levels[-1]
    value = _value(outermost, Group(compiler, primitives, seconds=seconds), variables)
    facets = tuple(as_text(part) for part in facet_values(by_row, outermost.facet))
    conditions += [f"({_of_metrics(levels[0], rows)})", *(f"({facet}) IS NOT NULL" for facet in facets)]
    if levels[0].where is not None:
        conditions.append(_compiler(levels[0], rows, variables).condition(levels[0].where))
    where = compiler.condition(outermost.where) if steps and outermost.where is not None else None

    def results(relation: str) -> str:
        for step in steps:
            relation = step(relation)
        return f"SELECT * FROM ({relation}) AS recorded WHERE {where}" if where else relation

    return Plan(rows, " AND ".join(conditions), facets, value, results)


def _step(
    level: Query, group: Group, variables: Mapping[str, object], *, filtered: bool
) -> tuple[Callable[[str], str], Lines]:
    """Return what makes the results of an inner query, a line for each group and facet, and their scope."""
    values = dict(zip(facet_labels(level.facet), facet_values(group.rows, level.facet), strict=True))
    present = [f"({value.present()})" for value in values.values()]
    if filtered and level.where is not None:
        present.append(group.rows.condition(level.where))
    aside = Compiler(Aside(), aggregated=group.aggregated, variables=variables)
    values.update({label_of(one): aside.value(one.expression) for one in level.select})
    columns: list[str] = []
    lines: dict[str, Value] = {}
    for label, value in values.items():
        kept: dict[str, str] = {}
        for kind in ("number", "text", "boolean", "other"):
            sql = getattr(value, kind)
            if sql is not None:
                kept[kind] = f'"n{len(columns)}"'
                columns.append(f"{sql} AS {kept[kind]}")
        lines[label] = Value(kept.get("number"), kept.get("text"), kept.get("boolean"), kept.get("other"))
    selected = ", ".join(['"g"', 'max("at") AS "at"', 'max("id") AS "id"', "'' AS \"event\"", *columns])
    where = " AND ".join(present) or "TRUE"
    return lambda relation: f"SELECT {selected} FROM ({relation}) AS recorded WHERE {where} GROUP BY ALL", Lines(lines)


def _compiler(query: Query, scope: Scope, variables: Mapping[str, object]) -> Compiler:
    def over(rows: Scope) -> Compiler:
        return Compiler(rows, variables=variables)

    if not query.bindings or isinstance(scope, Lines):
        return over(scope)
    return over(WithVariables(scope, bindings(query, over(scope), scope, over)))


def _value(query: Query, group: Group, variables: Mapping[str, object]) -> str:
    if len(query.select) != 1:
        raise NotEvaluated(f"the query selects {len(query.select)} values; a condition takes exactly one number")
    selected = query.select[0].expression
    compiled = Compiler(Aside(), aggregated=group.aggregated, variables=variables).value(selected)
    if compiled.number is None and compiled.other:
        raise NotEvaluated(f"{to_text(selected)} gives no single number; a condition takes exactly one")
    return compiled.number or "NULL::DOUBLE"


def _of_metrics(query: Query, rows: Rows) -> str:
    """Return SQL that is true for points of the measured metrics, for all where anything else is measured."""
    for node in _measured(query.select):
        if isinstance(node, Star) or (isinstance(node, Attribute) and node.name not in rows.metrics):
            return "TRUE"
    return rows.metric_condition()


def _measured(select: tuple[Selection, ...]) -> Iterator[Node]:
    for selection in select:
        for call in aggregates_in(selection.expression):
            for argument in _arguments(call):
                yield from walk(argument)


def _arguments(call: Call) -> Iterator[Node]:
    """Yield what an aggregate measures: its arguments, and those of the aggregate within, without their conditions."""
    for argument in call.arguments:
        if isinstance(argument, Call) and is_aggregate(argument):
            yield from _arguments(argument)
        elif not isinstance(argument, Where | Named | Labelled):
            yield argument


def _refuse(query: Query) -> None:
    for field, clause in _REFUSED.items():
        if getattr(query, field) is not None:
            raise NotEvaluated(f"{clause} has no place in an alert condition's query; leave it out")
    if query.facet is not None and query.facet.order_by is not None:
        raise NotEvaluated("FACET ... ORDER BY has no place in an alert condition's query; leave it out")
    if query.source.join is not None:
        raise NotEvaluated("JOIN has no place in an alert condition's query; leave it out")
    if query.extrapolate:
        raise NotEvaluated("EXTRAPOLATE is not evaluated: recorded rows do not say how they were sampled")
