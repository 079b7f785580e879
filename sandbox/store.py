"""The sandbox's state: every object of every vendor, as JSON documents in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_LAYOUT_VERSION = 1
_LAYOUT = """
CREATE TABLE objects (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    vendor TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    created_at TEXT NOT NULL,
    UNIQUE (vendor, kind, id)
);
CREATE INDEX objects_by_name ON objects (vendor, kind, name);
CREATE TABLE sequences (name TEXT PRIMARY KEY, last INTEGER NOT NULL);
"""
_COLUMNS = "vendor, kind, id, name, document, created_at"


class StoreCorrupt(Exception):
    """The store's file cannot be trusted; the message names it and the command that starts afresh."""


@dataclass(frozen=True)
class Record:
    """One object at a vendor: `id` is the vendor's own, `created_at` is UTC in ISO 8601."""

    vendor: str
    kind: str
    id: str
    name: str
    document: dict[str, Any]
    created_at: str


class Store:
    """Objects by vendor, kind and id, and persisted counters.

    Thread-safe: one connection behind one re-entrant lock. Every document handed out is a copy of what is stored.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self._depth = 0

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open the file, making it when it does not exist, and check its integrity.

        Raises:
            StoreCorrupt: The file is damaged, no database, or one of another layout.
            OSError: The folder cannot be written.
        """
        if not path.exists():
            # SQLite answers "unable to open database file" to every obstacle; this says which.
            path.touch(mode=0o600)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        try:
            _prepare(path, connection)
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    def put(self, vendor: str, kind: str, id: str, name: str, document: dict[str, Any]) -> None:
        """Insert an object or replace its name and document; a replaced one keeps its age and its place."""
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._lock:
            self._connection.execute(
                f"INSERT INTO objects ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) "  # noqa: S608 - a constant of this module
                "ON CONFLICT (vendor, kind, id) DO UPDATE SET name = excluded.name, document = excluded.document",
                (vendor, kind, id, name, text, now),
            )

    def get(self, vendor: str, kind: str, id: str) -> Record | None:
        """The object, None when there is none."""
        found = self._select("vendor = ? AND kind = ? AND id = ?", [vendor, kind, id])
        return found[0] if found else None

    def find(self, vendor: str, kind: str | None = None, *, name: str | None = None) -> list[Record]:
        """A vendor's objects in the order they were created; without `kind`, those of every kind."""
        wanted = {"vendor": vendor, "kind": kind, "name": name}
        given = {column: value for column, value in wanted.items() if value is not None}
        return self._select(" AND ".join(f"{column} = ?" for column in given), list(given.values()))

    def delete(self, vendor: str, kind: str, id: str) -> bool:
        """Remove an object; whether it was there."""
        with self._lock:
            done = self._connection.execute(
                "DELETE FROM objects WHERE vendor = ? AND kind = ? AND id = ?", (vendor, kind, id)
            )
            return done.rowcount > 0

    def next_number(self, sequence: str) -> int:
        """The sequence's next number: 1, 2, 3 and on, over restarts too."""
        with self._lock:
            row = self._connection.execute(
                "INSERT INTO sequences (name, last) VALUES (?, 1) "
                "ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last",
                (sequence,),
            ).fetchone()
        return int(row[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the writes inside it all happen or, when it is left by an exception, none of them.

        Re-entrant: an inner one that fails and is caught undoes its own writes only. Other threads wait.
        """
        with self._lock:
            name = f"level_{self._depth}"
            self._connection.execute("BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                self._undo(name)
                raise
            self._depth -= 1
            self._connection.execute("COMMIT" if self._depth == 0 else f"RELEASE {name}")

    def counts(self) -> dict[str, dict[str, int]]:
        """How many objects there are, by vendor and kind."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT vendor, kind, count(*) FROM objects GROUP BY vendor, kind ORDER BY vendor, kind"
            ).fetchall()
        by_vendor: dict[str, dict[str, int]] = {}
        for vendor, kind, number in rows:
            by_vendor.setdefault(vendor, {})[kind] = number
        return by_vendor

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def _select(self, condition: str, values: list[str]) -> list[Record]:
        query = f"SELECT {_COLUMNS} FROM objects WHERE {condition} ORDER BY position"  # noqa: S608 - constants only
        with self._lock:
            rows = self._connection.execute(query, values).fetchall()
        return [Record(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5]) for row in rows]

    def _undo(self, name: str) -> None:
        if not self._connection.in_transaction:
            return  # a full disk makes SQLite roll back by itself
        if self._depth == 0:
            self._connection.execute("ROLLBACK")
            return
        self._connection.execute(f"ROLLBACK TO {name}")
        self._connection.execute(f"RELEASE {name}")


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        version, tables = _layout_of(connection)
        if version == 0 and tables == 0:
            _create_tables(connection)
        connection.execute("COMMIT")
        version, _ = _layout_of(connection)
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        raise  # a locked file, a full disk, a file that may not be read: not a damaged one
    except sqlite3.DatabaseError as error:
        raise _corrupt(path, str(error)) from error
    if verdict != "ok":
        raise _corrupt(path, str(verdict))
    if version != _LAYOUT_VERSION:
        raise _corrupt(path, f"its layout is version {version}, this program reads version {_LAYOUT_VERSION}")


def _layout_of(connection: sqlite3.Connection) -> tuple[int, int]:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return int(version), int(tables)


def _create_tables(connection: sqlite3.Connection) -> None:
    # Not executescript: it would commit the transaction that keeps two first starts apart.
    for statement in _LAYOUT.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_LAYOUT_VERSION}")


def _corrupt(path: Path, reason: str) -> StoreCorrupt:
    return StoreCorrupt(
        f"the sandbox's store {path} is damaged ({reason}); `lookout sandbox reset` deletes it and starts with an "
        "empty account"
    )
