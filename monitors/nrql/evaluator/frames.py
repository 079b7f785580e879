"""The rows that a query works on: FROM, JOIN, WHERE, WITH and the time range, as one piece of SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitors.nrql.evaluator.comparisons import equal
from monitors.nrql.evaluator.compiler import Answered, Compiler
from monitors.nrql.evaluator.data import Data
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.moments import zone_of
from monitors.nrql.evaluator.scope import Constants, Joined, Rows, Scope, WithVariables
from monitors.nrql.evaluator.sessions import Session
from monitors.nrql.evaluator.tables import Table
from monitors.nrql.evaluator.variables import bindings
from monitors.nrql.tree import Attribute, EventType, Join, Lookup, Query, Subquery, Variable

NESTED = "nested"
Nested = Callable[[Query], Data]


@dataclass(frozen=True)
class Frame:
    """A query's rows: `compiler` compiles expressions over them, `relation` gives them once all are compiled."""

    compiler: Compiler
    scope: Scope
    conditions: tuple[str, ...]
    session: Session
    relation: Callable[[], str]

    def rows(self) -> str:
        """Return SQL of the rows that pass WHERE within the time range."""
        return f"({self.relation()}) AS recorded WHERE {' AND '.join(self.conditions)}"


def frame_of(
    query: Query,
    data: Data,
    since: float,
    until: float,
    *,
    nested: Nested,
    answered: Answered,
    variables: Mapping[str, object],
) -> Frame:
    """Return the rows of a query. Raises `NotEvaluated` for a FROM that is not evaluated."""
    data, types = _source(query, data, nested, variables)
    rows: Rows | Constants = Rows(data.of_types(types), types) if types else Constants()
    scope: Scope = rows
    also: tuple[Table, ...] = ()
    relation = rows.relation
    compiled = _compilers(query, answered, variables)
    if query.source.join is not None:
        joined = nested(query.source.join.query)
        also = joined.tables
        inner = Rows(also, frozenset({NESTED}), "j")
        scope = Joined(rows, inner)
        relation = _joined(query.source.join, compiled(scope), rows, inner)
    if query.bindings:
        scope = WithVariables(scope, bindings(query, compiled(scope), scope, compiled))
    compiler = compiled(scope)
    conditions = [f'"at" >= {since!r} AND "at" < {until!r}'] if types and NESTED not in types else []
    conditions.append(compiler.condition(query.where) if query.where is not None else "TRUE")
    return Frame(compiler, scope, tuple(conditions), data.session(also), relation)


def _compilers(query: Query, answered: Answered, variables: Mapping[str, object]) -> Callable[[Scope], Compiler]:
    zone = query.timezone.name if query.timezone else "UTC"
    zone_of(query)

    def compiler(scope: Scope) -> Compiler:
        return Compiler(scope, answered=answered, variables=variables, timezone=zone)

    return compiler


def _source(query: Query, data: Data, nested: Nested, variables: Mapping[str, object]) -> tuple[Data, frozenset[str]]:
    """Return the data that FROM names and the event types of it; a nested query's result is data of its own."""
    items = query.source.items
    if len(items) == 1 and isinstance(items[0], Subquery):
        return nested(items[0].query), frozenset({NESTED})
    names: set[str] = set()
    for item in items:
        if isinstance(item, EventType):
            names.add(item.name)
        elif isinstance(item, Variable):
            names.add(_named(item, variables))
        elif isinstance(item, Lookup):
            raise NotEvaluated(f"lookup({item.table}) is not evaluated: lookup tables are kept in the account")
        else:
            raise NotEvaluated("FROM with a nested query beside something else is not evaluated")
    return data, frozenset(names)


def _named(item: Variable, variables: Mapping[str, object]) -> str:
    value = variables.get(item.name)
    if not isinstance(value, str):
        raise NotEvaluated(f"the template variable {{{{{item.name}}}}} has no event type as its value; give one")
    return value


def _joined(join: Join, compiler: Compiler, rows: Rows | Constants, inner: Rows) -> Callable[[], str]:
    """Return what gives the SQL of a join. Its key on the right is a name that the inner query selects."""
    right = join.right or join.left
    if not isinstance(right, Attribute):
        raise NotEvaluated("the right side of JOIN ... ON has to be a name that the inner query selects")
    condition = equal(compiler.value(join.left), inner.attribute(right.name))
    columns = 'j.* EXCLUDE ("at", "id", "event")'
    return lambda: (
        f"SELECT o.*, {columns} FROM ({rows.relation()}) AS o {join.kind} JOIN ({inner.relation()}) AS j ON {condition}"
    )
