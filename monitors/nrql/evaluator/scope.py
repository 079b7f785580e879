"""Where an expression's attributes come from: the rows of a query's event types, or the results of a nested query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.metrics import MetricFields, metric_value
from monitors.nrql.evaluator.tables import SQL_TYPES, Stored, Table
from monitors.nrql.evaluator.values import NOTHING, Value, first_of

METRIC: Final = "Metric"


class Scope(Protocol):
    """What a compiler asks of the rows it compiles for."""

    time: str
    event_type: str

    def attribute(self, name: str) -> Value:
        """Return an attribute's value in a row, NOTHING where no row has it."""

    def names(self) -> tuple[str, ...]:
        """Return the names of all attributes."""


class Rows:
    """The rows of some event types; remembers which columns were asked for, so that no others are read."""

    def __init__(self, tables: Sequence[Table], event_types: frozenset[str], letter: str = "v") -> None:
        self._letter = letter
        self._tables = tables
        self._event_types = event_types
        self._asked: dict[tuple[str, Stored], str] = {}
        self._kinds = _kinds(tables)
        self.metrics: dict[str, None] = {}
        self.time, self.event_type, self.row = '"at"', '"event"', '"id"'

    @property
    def of_metrics(self) -> bool:
        """Whether these are dimensional metrics, whose names an expression can use like attributes."""
        return self._event_types == {METRIC}

    def names(self) -> tuple[str, ...]:
        return tuple(self._kinds)

    def attribute(self, name: str) -> Value:
        if name == "timestamp":
            return Value(number=f"round({self.time} * 1000)")
        kinds = self._kinds.get(name, ())
        if not kinds and self.of_metrics:
            return self._metric(name)
        value = {kind: self._column(name, kind) for kind in kinds}
        return Value(value.get("number"), value.get("text"), value.get("boolean"), value.get("list"))

    def relation(self) -> str:
        """Return SQL of these rows with the columns that were asked for so far, the event type, time and number."""
        parts = [self._select(table) for table in self._tables] or [self._empty()]
        return " UNION ALL ".join(parts)

    def _metric(self, name: str) -> Value:
        """Return a metric's value, by its name, which may hold `%` for any text."""
        if any(part in self._kinds for part in (f"{name}.count", f"{name}.total", f"{name}.latest")):
            return metric_value(self._wide_fields(name), "TRUE")
        self.metrics[name] = None
        return metric_value(
            MetricFields(**{part: self._optional(part, "number") for part in ("value", "count", "sum", "min", "max")}),
            self._named(name),
        )

    def _wide_fields(self, name: str) -> MetricFields:
        """Return the fields of a metric as New Relic exports it: `name.count`, `name.total` and so on."""
        part = {
            field: self._optional(f"{name}.{field}", "number") for field in ("count", "total", "min", "max", "latest")
        }
        return MetricFields(part["latest"], part["count"], part["total"], part["min"], part["max"])

    def metric_condition(self) -> str:
        """Return SQL that is true in rows of a metric that was named, TRUE where none was."""
        return " OR ".join(self._named(name) for name in self.metrics) or "TRUE"

    def _named(self, name: str) -> str:
        column = self._optional("metricName", "text")
        if column is None:
            return "FALSE"
        if "%" not in name:
            return f"({column} = {quoting.text(name)})"
        pattern = name.replace("\\", "\\\\").replace("_", "\\_")
        return f"({column} LIKE {quoting.text(pattern)} ESCAPE '\\')"

    def _optional(self, name: str, kind: Stored) -> str | None:
        return self._column(name, kind) if kind in self._kinds.get(name, ()) else None

    def _column(self, name: str, kind: Stored) -> str:
        return quoting.name(self._asked.setdefault((name, kind), f"{self._letter}{len(self._asked)}"))

    def _select(self, table: Table) -> str:
        columns = [f'{table.time} AS "at"', f'{table.row} AS "id"', f'{table.event} AS "event"']
        for (name, kind), alias in self._asked.items():
            source = table.columns.get(name, {}).get(kind, f"NULL::{SQL_TYPES[kind]}")
            columns.append(f'{source} AS "{alias}"')
        where = ""
        if not table.event_types <= self._event_types:
            where = f" WHERE {table.event} IN ({quoting.texts(sorted(self._event_types))})"
        return f"SELECT {', '.join(columns)} FROM {table.relation}{where}"

    def _empty(self) -> str:
        columns = ['0::DOUBLE AS "at"', '0::BIGINT AS "id"', "''::VARCHAR AS \"event\""]
        columns += [f'NULL::{SQL_TYPES[kind]} AS "{alias}"' for (_, kind), alias in self._asked.items()]
        return f"SELECT {', '.join(columns)} WHERE FALSE"


class WithVariables:
    """A scope with the variables of `WITH ... AS`, which come before attributes of the same name."""

    def __init__(self, rows: Scope, variables: Mapping[str, Value]) -> None:
        self._rows, self._variables = rows, variables
        self.time, self.event_type = rows.time, rows.event_type

    def attribute(self, name: str) -> Value:
        found = self._variables.get(name)
        return self._rows.attribute(name) if found is None else found

    def names(self) -> tuple[str, ...]:
        return (*self._variables, *self._rows.names())


class Joined:
    """Rows, each with a line of a nested query's result; the rows' own names come first."""

    def __init__(self, rows: Scope, inner: Scope) -> None:
        self._rows, self._inner = rows, inner
        self.time, self.event_type = rows.time, rows.event_type

    def attribute(self, name: str) -> Value:
        if name == "timestamp":
            return self._rows.attribute(name)
        return first_of([self._rows.attribute(name), self._inner.attribute(name)])

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._rows.names(), *self._inner.names())))


class Lines:
    """The results of a nested query, by the names of their values; the time is that of the last row behind a line."""

    def __init__(self, values: Mapping[str, Value], rows: Scope | None = None) -> None:
        self._values = values
        self.time = rows.time if rows else '"at"'
        self.event_type = rows.event_type if rows else '"event"'

    def attribute(self, name: str) -> Value:
        return self._values.get(name, NOTHING)

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)


class Constants:
    """The one row of a query without FROM, which has no attributes."""

    time, event_type = "NULL::DOUBLE", "NULL::VARCHAR"

    def attribute(self, name: str) -> Value:
        return NOTHING

    def names(self) -> tuple[str, ...]:
        return ()

    def relation(self) -> str:
        """Return SQL of the row."""
        return f'SELECT {self.time} AS "at", 0::BIGINT AS "id", {self.event_type} AS "event"'


class Aside:
    """What stands beside aggregates, where no single row is meant."""

    time, event_type = "NULL::DOUBLE", "NULL::VARCHAR"

    def attribute(self, name: str) -> Value:
        raise NotEvaluated(f"{name} stands beside aggregates; put it into one, such as latest({name})")

    def names(self) -> tuple[str, ...]:
        return ()


def _kinds(tables: Iterable[Table]) -> dict[str, tuple[Stored, ...]]:
    found: dict[str, dict[Stored, None]] = {}
    for table in tables:
        for name, kinds in table.columns.items():
            found.setdefault(name, {}).update(dict.fromkeys(kinds))
    return {name: tuple(kinds) for name, kinds in found.items()}
