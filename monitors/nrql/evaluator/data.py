"""Recorded data: rows by event type, as the evaluator reads them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import numpy as np

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.connections import Database, shared_connection
from monitors.nrql.evaluator.errors import DataError
from monitors.nrql.evaluator.kinds import Array, flat, typed
from monitors.nrql.evaluator.sessions import Session
from monitors.nrql.evaluator.tables import EVENT, Stored, Table
from monitors.nrql.evaluator.values import Value, as_text

_NUMBERS: Final = itertools.count()
_TIMESTAMP, _EVENT_TYPE = "timestamp", "eventType"


class Data:
    """A set of recorded rows. Immutable; every row has a number, from 0 in the order it was given or read."""

    def __init__(self, tables: tuple[Table, ...], database: Database | None = None) -> None:
        self.tables = tables
        self._database = database

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, object]]) -> Self:
        """Return data of rows: each has its `timestamp` in seconds since 1970 and names its type by `eventType`.

        Raises `DataError` for a row without either, with its number.
        """
        flattened = [dict(flat(row)) for row in rows]
        for at, row in enumerate(flattened):
            _check(at, row)
        columns = {name: [row.get(name) for row in flattened] for name in dict.fromkeys(itertools.chain(*flattened))}
        times = np.array([float(time) for time in columns.pop(_TIMESTAMP, [])], dtype=np.float64)  # type: ignore[arg-type]
        types = np.array(columns.pop(_EVENT_TYPE, []), dtype=object)
        return cls((_held(times, types, columns),))

    @classmethod
    def of_columns(cls, event_type: str, columns: Mapping[str, Array | list[Any]]) -> Self:
        """Return data of one event type from columns of equal length; `timestamp` is in seconds since 1970."""
        lengths = {name: len(values) for name, values in columns.items()}
        if _TIMESTAMP not in lengths:
            raise DataError(f"{event_type} has no column timestamp; give one in seconds since 1970")
        if len(set(lengths.values())) > 1:
            listed = ", ".join(f"{name} {length}" for name, length in lengths.items())
            raise DataError(
                f"the columns of {event_type} differ in length ({listed}); give each the same number of rows"
            )
        try:
            times = np.asarray(columns[_TIMESTAMP], dtype=np.float64)
        except (TypeError, ValueError):
            times = np.array([np.nan])
        if not np.isfinite(times).all():
            raise DataError(f"a timestamp of {event_type} is no number; give seconds since 1970 for every row")
        rest = {name: values for name, values in columns.items() if name not in (_TIMESTAMP, _EVENT_TYPE)}
        return cls((_held(times, event_type, rest),))

    @property
    def event_types(self) -> tuple[str, ...]:
        """The event types that occur, in alphabetical order."""
        return tuple(sorted(frozenset().union(*(table.event_types for table in self.tables))))

    def __len__(self) -> int:
        return sum(table.rows for table in self.tables)

    def of_types(self, event_types: frozenset[str]) -> tuple[Table, ...]:
        """Return the tables that hold rows of any of these event types."""
        return tuple(table for table in self.tables if table.event_types & event_types)

    def time_span(self) -> tuple[float, float] | None:
        """Return the first and the last time, in seconds since 1970; None where there is no row."""
        spans = [self._span(table) for table in self.tables if table.rows]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

    def attributes(self, event_types: frozenset[str]) -> tuple[str, ...]:
        """Return the names of the attributes that rows of these types have, in alphabetical order."""
        return tuple(sorted({name for table in self.of_types(event_types) for name in table.columns}))

    def values(self, attribute: str, event_types: frozenset[str], most: int = 1000) -> tuple[str, ...]:
        """Return values that an attribute has in rows of these types, as text and in order; at most so many."""
        found: set[str] = set()
        for table in self.of_types(event_types):
            kinds = table.columns.get(attribute, {})
            value = as_text(Value(kinds.get("number"), kinds.get("text"), kinds.get("boolean"), kinds.get("list")))
            query = (
                f"SELECT DISTINCT {value} AS value FROM {table.relation} WHERE {value} IS NOT NULL "
                f"AND {table.event} IN ({quoting.texts(sorted(event_types))}) LIMIT {most}"
            )
            found.update(one for (one,) in self.session().rows(query))
        return tuple(sorted(found)[:most])

    def _span(self, table: Table) -> tuple[float, float]:
        query = f"SELECT min({table.time}), max({table.time}) FROM {table.relation}"
        first, last = self.session().rows(query)[0]
        return float(first), float(last)

    def session(self, also: tuple[Table, ...] = ()) -> Session:
        """Return what runs SQL over the tables, and over others that are held in memory, in this thread."""
        connection = self._database.connection() if self._database else shared_connection()
        return connection.ready((*self.tables, *also))


def _check(at: int, row: Mapping[str, object]) -> None:
    time, event_type = row.get(_TIMESTAMP), row.get(_EVENT_TYPE)
    if isinstance(time, bool) or not isinstance(time, (int, float, np.integer, np.floating)) or not np.isfinite(time):
        raise DataError(f"row {at} has the timestamp {time!r}; give a number of seconds since 1970")
    if not isinstance(event_type, str) or not event_type:
        raise DataError(f"row {at} has the eventType {event_type!r}; name the type of event it is")


def _held(times: Array, types: Array | str, columns: Mapping[str, Sequence[object] | Array]) -> Table:
    count = len(times)
    held: dict[str, Array] = {"at": times, "id": np.arange(count, dtype=np.int64)}
    event = EVENT
    event_types = frozenset({types}) if isinstance(types, str) else frozenset(types.tolist())
    if len(event_types) > 1 and not isinstance(types, str):
        held["event"] = types
    else:
        event = quoting.text(next(iter(event_types), ""))
    names: dict[str, dict[Stored, str]] = {}
    for name, values in columns.items():
        for kind, array in typed(name, values).items():
            column = f"c{len(held)}"
            held[column] = array
            names.setdefault(name, {})[kind] = quoting.name(column)
    return Table(f"held{next(_NUMBERS)}", count, event_types, names, event=event, held=held)
