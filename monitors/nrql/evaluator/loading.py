"""One file on its way into the database: its attributes, its times and its event types."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.errors import DataError
from monitors.nrql.evaluator.tables import SQL_TYPES, TIME, TYPE, Stored, Table

# A number above this is a time in milliseconds, as New Relic exports it: in seconds it would be the year 5138, in
# milliseconds it is March 1973. Above the second bound it would be the year 5138 in milliseconds.
MILLISECONDS_ABOVE: Final = 1e11
_LATEST_MILLISECONDS: Final = 1e14
_TIMESTAMP, _EVENT_TYPE = "timestamp", "eventType"


@dataclass
class Loading:
    """What loaders fill in: `source` is SQL of the raw rows, `attributes` SQL of each attribute's value by kind."""

    database: duckdb.DuckDBPyConnection
    path: Path
    readable: Path
    name: str
    first_row: int
    event_type: str | None
    source: str = ""
    attributes: dict[str, dict[Stored, str]] = field(default_factory=dict)

    def finish(self) -> Table:
        """Create the table and return what it holds. Raises `DataError` where rows have no time or no type."""
        time = self._time(self.attributes.pop(_TIMESTAMP, {}))
        given = self.attributes.pop(_EVENT_TYPE, {}).get("text")
        event = self._event_type(given)
        columns = [f'{time} AS "{TIME}"', f'{event} AS "{TYPE}"']
        names: dict[str, dict[Stored, str]] = {}
        for name, kinds in self.attributes.items():
            for kind, sql in kinds.items():
                column = f"c{len(columns)}"
                columns.append(f'{sql} AS "{column}"')
                names.setdefault(name, {})[kind] = column
        table = quoting.name(self.name)
        self.database.execute(f"CREATE TABLE {table} AS SELECT {', '.join(columns)} FROM {self.source}")
        rows = self._checked(table)
        types = self.database.execute(f'SELECT DISTINCT "{TYPE}" FROM {table}').fetchall()
        self.database.execute("DROP TABLE IF EXISTS raw")
        return Table(self.name, rows, frozenset(one for (one,) in types), names, row=f"(rowid + {self.first_row})")

    def _time(self, kinds: dict[Stored, str]) -> str:
        if not kinds:
            raise DataError(
                f"{self.path} has no timestamp; every row needs one, in milliseconds or seconds since 1970, or as a date"
            )
        parts = []
        if number := kinds.get("number"):
            parts.append(_seconds(number))
        if text := kinds.get("text"):
            parts.append(f"coalesce({_seconds(f'TRY_CAST({text} AS DOUBLE)')}, epoch(TRY_CAST({text} AS TIMESTAMPTZ)))")
        return f"coalesce({', '.join(parts)}, NULL::DOUBLE)" if parts else "NULL::DOUBLE"

    def _event_type(self, given: str | None) -> str:
        default = "NULL::VARCHAR" if self.event_type is None else quoting.text(self.event_type)
        if given is not None:
            return f"coalesce(nullif({given}, ''), {default})"
        if self.event_type is None:
            raise DataError(f"{self.path} has no eventType; name the type of its rows with event_type")
        return default

    def _checked(self, table: str) -> int:
        """Return the number of rows, all of which have a time and a type."""
        found = self.database.execute(
            f'SELECT count(*), min(rowid) FILTER (WHERE "{TIME}" IS NULL), min(rowid) FILTER (WHERE "{TYPE}" IS NULL) '
            f"FROM {table}"
        ).fetchone()
        rows, without_time, without_type = found or (0, None, None)
        if not rows:
            raise DataError(f"{self.path} holds no rows; give a file with rows")
        if without_time is not None:
            raise DataError(
                f"{self.path}, row {without_time + 1}: the timestamp is missing or unreadable; "
                "give milliseconds or seconds since 1970, or a date such as 2026-01-31T12:00:00Z"
            )
        if without_type is not None:
            raise DataError(
                f"{self.path}, row {without_type + 1}: eventType is missing; name it there, or with event_type"
            )
        return int(rows)


def typed_column(kind: Stored, sql: str) -> str:
    """Return SQL of a column as its kind is kept: finite numbers only."""
    cast = f"({sql})::{SQL_TYPES[kind]}"
    return f"(CASE WHEN isfinite({cast}) THEN {cast} END)" if kind == "number" else cast


def _seconds(number: str) -> str:
    return (
        f"(CASE WHEN {number} > {_LATEST_MILLISECONDS!r} THEN NULL "
        f"WHEN {number} > {MILLISECONDS_ABOVE!r} THEN {number} / 1000.0 ELSE {number} END)"
    )
