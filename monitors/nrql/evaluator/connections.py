"""Databases: duckdb in memory, without files, network or extensions, and with bounded memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.sessions import MEMORY, Session
from monitors.nrql.evaluator.tables import Table

_THREADS: Final = 2
_MOST_REGISTERED: Final = 16
# Nothing is spilled to disk: a query that needs more memory fails with a message instead.
_SETTINGS: Final[dict[str, str | int | float | list[str]]] = {
    "threads": _THREADS,
    "memory_limit": MEMORY,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
}
_LOCAL = threading.local()


def open_database() -> duckdb.DuckDBPyConnection:
    """Return a new database that may still read files; call `close_off` as soon as it has."""
    return duckdb.connect(":memory:", config=dict(_SETTINGS))


def close_off(database: duckdb.DuckDBPyConnection, files: Sequence[Path] = ()) -> None:
    """Take away access to files, except to read these, to the network and to settings, for good."""
    if files:
        listed = ", ".join(quoting.text(str(file)) for file in files)
        database.execute(f"SET allowed_paths = [{listed}]")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


class Connection:
    """One thread's connection to one database; tables held in memory are registered with it as they are used."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self.database = database
        self._registered: OrderedDict[str, Table] = OrderedDict()

    def ready(self, tables: tuple[Table, ...]) -> Session:
        """Return a session with these tables in it; those used last stay registered."""
        for table in tables:
            if table.held is None:
                continue
            if table.relation not in self._registered:
                self.database.register(table.relation, dict(table.held))
            self._registered[table.relation] = table
            self._registered.move_to_end(table.relation)
        while len(self._registered) > max(_MOST_REGISTERED, len(tables)):
            name, _ = self._registered.popitem(last=False)
            self.database.unregister(name)
        return Session(self.database)


def shared_connection() -> Connection:
    """Return this thread's connection for data that is held in memory."""
    connection: Connection | None = getattr(_LOCAL, "shared", None)
    if connection is None:
        database = open_database()
        close_off(database)
        connection = _LOCAL.shared = Connection(database)
    return connection


class Database:
    """A database that holds tables read from files; each thread has a cursor of its own."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._local = threading.local()

    def connection(self) -> Connection:
        """Return this thread's connection."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = Connection(self._database.cursor())
        return connection
