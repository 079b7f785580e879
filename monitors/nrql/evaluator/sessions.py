"""Runs SQL: whole answers only, and duckdb's own errors as what they mean to whoever asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import duckdb
from numpy.typing import NDArray

from monitors.nrql.evaluator.errors import DataError, NotEvaluated

MEMORY: Final = "3GB"
_OUT_OF_RANGE: Final = (duckdb.ConversionException, duckdb.OutOfRangeException)
_UNREADABLE: Final = (duckdb.IOException, duckdb.SerializationException, duckdb.InvalidInputException)


class Session:
    """One connection with the tables of a query in it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """Return all rows of an answer."""
        with _meant():
            return self._connection.execute(sql, dict(values or {})).fetchall()

    def arrays(self, sql: str) -> dict[str, NDArray[Any]]:
        """Return the columns of an answer; one with NULLs is masked."""
        with _meant():
            return self._connection.execute(sql).fetchnumpy()

    @contextmanager
    def holding(self, name: str, columns: Mapping[str, NDArray[Any]]) -> Iterator[None]:
        """Have a table of columns for as long as the block runs."""
        self._connection.register(name, dict(columns))
        try:
            yield
        finally:
            self._connection.unregister(name)


@contextmanager
def _meant() -> Iterator[None]:
    """Turn duckdb's errors into what they mean; anything else is a fault of the evaluator and stays what it is."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise DataError(f"the query needs more than {MEMORY} of memory; shorten its range, or record less") from error
    except _OUT_OF_RANGE as error:
        raise NotEvaluated(f"a value is out of range: {first_line(error)}") from error
    except duckdb.Error as error:
        # Broken pages of Parquet come as the base class itself; other classes of it are faults of the SQL.
        if type(error) is not duckdb.Error and not isinstance(error, _UNREADABLE):
            raise
        raise DataError(f"the data cannot be read: {first_line(error)}; record it again, or leave it out") from error


def first_line(error: duckdb.Error) -> str:
    """Return the first line of duckdb's message without its kind."""
    line = str(error).splitlines()[0] if str(error) else type(error).__name__
    kind, _, rest = line.partition(" Error: ")
    return (rest or kind).strip().rstrip(".;")
