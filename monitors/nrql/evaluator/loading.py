"""One file on its way into the database: its attributes, its times and its event types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import duckdb

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.errors import DataError
from monitors.nrql.evaluator.tables import EVENT, SQL_TYPES, TIME, Stored, Table

# A number above this is a time in milliseconds, as New Relic exports it: in seconds it would be the year 5138, in
# milliseconds it is March 1973. Above the second bound it would be the year 5138 in milliseconds.
MILLISECONDS_ABOVE: Final = 1e11
_LATEST_MILLISECONDS: Final = 1e14
_TIMESTAMP, _EVENT_TYPE = "timestamp", "eventType"
_NAMED: Final = 6  # as many attributes are named where eventType is missing: enough to see that CSV was misread


@dataclass
class Loading:
    """What loaders fill in: `source` is SQL of the raw rows, `attributes` SQL of each attribute's value by kind.

    `row` is SQL of a row's number in the file, from 0. `stays` says that the rows are read from the file at each query.
    """

    database: duckdb.DuckDBPyConnection
    path: Path
    readable: Path
    name: str
    first_row: int
    event_type: str | None
    source: str = ""
    row: str = "rowid"
    stays: bool = False
    attributes: dict[str, dict[Stored, str]] = field(default_factory=dict)

    def finish(self) -> Table:
        """Return the table, made in the database unless it stays. Raises `DataError` for a row without time or type."""
        times, event = self.attributes.pop(_TIMESTAMP, {}), self._event_type(self.attributes.pop(_EVENT_TYPE, {}))
        rows, time = self._checked(self._time(times), event, times)
        types = self.database.execute(f"SELECT DISTINCT {event} FROM {self.source}").fetchall()
        event_types = frozenset(one for (one,) in types)
        if len(event_types) == 1:
            event = quoting.text(next(iter(event_types)))
        table = Table(self.source, rows, event_types, self.attributes, time, event, f"({self.row} + {self.first_row})")
        return table if self.stays else self._created(table)

    def _created(self, table: Table) -> Table:
        columns = [f"{table.time} AS {TIME}"]
        if len(table.event_types) > 1:
            columns.append(f"{table.event} AS {EVENT}")
        names: dict[str, dict[Stored, str]] = {}
        for name, kinds in table.columns.items():
            for kind, sql in kinds.items():
                column = quoting.name(f"c{len(columns)}")
                columns.append(f"{sql} AS {column}")
                names.setdefault(name, {})[kind] = column
        relation = quoting.name(self.name)
        self.database.execute(f"CREATE TABLE {relation} AS SELECT {', '.join(columns)} FROM {self.source}")
        self.database.execute("DROP TABLE IF EXISTS raw")
        event = EVENT if len(table.event_types) > 1 else table.event
        return replace(
            table, relation=relation, columns=names, time=TIME, event=event, row=f"(rowid + {self.first_row})"
        )

    def _time(self, kinds: Mapping[Stored, str]) -> str:
        """Return SQL of a row's time in seconds, NULL where there is none that can be read."""
        if not kinds:
            raise DataError(
                f"{self.path} has no timestamp; every row needs one: milliseconds or seconds since 1970, or a date"
            )
        parts = []
        if number := kinds.get("number"):
            parts.append(_seconds(number))
        if text := kinds.get("text"):
            parts.append(_seconds(f"TRY_CAST({text} AS DOUBLE)"))
            parts.append(f"epoch(TRY_CAST({text} AS TIMESTAMPTZ))")
        return f"coalesce({', '.join([*parts, 'NULL::DOUBLE', 'NULL::DOUBLE'])})"

    def _event_type(self, kinds: Mapping[Stored, str]) -> str:
        default = "NULL::VARCHAR" if self.event_type is None else quoting.text(self.event_type)
        if given := kinds.get("text"):
            return f"coalesce(nullif({given}, ''), {default})"
        if self.event_type is None:
            found = ", ".join([_TIMESTAMP, *self.attributes][:_NAMED])
            raise DataError(
                f"{self.path} has no eventType among its attributes ({found}...); give every row one, such as "
                "SkillExecution or Metric (in Python, event_type names that of all rows)"
            )
        return default

    def _checked(self, time: str, event: str, times: Mapping[Stored, str]) -> tuple[int, str]:
        """Return the number of rows, all of which have a time and a type, and the simplest SQL of their times."""
        number = times.get("number", "NULL::DOUBLE")
        found = self.database.execute(
            f"SELECT count(*), min({self.row}) FILTER (WHERE ({time}) IS NULL), "
            f"min({self.row}) FILTER (WHERE ({event}) IS NULL), count({number}), min({number}), max({number}) "
            f"FROM {self.source}"
        ).fetchall()
        rows, without_time, without_type, numbers, least, greatest = found[0]
        if not rows:
            raise DataError(f"{self.path} holds no rows; give a file with rows")
        if without_time is not None:
            raise DataError(
                f"{self.path}, row {without_time + 1}: {self._unread(times, without_time)}; "
                "give milliseconds or seconds since 1970, or a date such as 2026-01-31T12:00:00Z"
            )
        if without_type is not None:
            raise DataError(
                f"{self.path}, row {without_type + 1}: eventType is missing; name it there "
                "(in Python, event_type names that of all rows)"
            )
        if numbers == rows and least > MILLISECONDS_ABOVE:
            time = f"({number} / 1000.0)"
        elif numbers == rows and greatest <= MILLISECONDS_ABOVE:
            time = number
        return int(rows), time

    def _unread(self, times: Mapping[Stored, str], row: int) -> str:
        shown = ", ".join([*(f"({sql})::VARCHAR" for sql in times.values()), "NULL", "NULL"])
        found = self.database.execute(
            f"SELECT coalesce({shown}) FROM {self.source} WHERE {self.row} = {row}"
        ).fetchall()
        value = found[0][0] if found else None
        return "the timestamp is missing or no number" if value is None else f"the timestamp {value:.40} is unreadable"


def typed_column(kind: Stored, sql: str) -> str:
    """Return SQL of a column as its kind is kept: finite numbers only."""
    cast = f"({sql})::{SQL_TYPES[kind]}"
    return f"(CASE WHEN isfinite({cast}) THEN {cast} END)" if kind == "number" else cast


def _seconds(number: str) -> str:
    return (
        f"(CASE WHEN {number} > {_LATEST_MILLISECONDS!r} THEN NULL "
        f"WHEN {number} > {MILLISECONDS_ABOVE!r} THEN {number} / 1000.0 ELSE {number} END)"
    )
