"""A table of recorded rows: which attributes it has, of which kinds, and how its columns are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from numpy.typing import NDArray

# A list is kept as JSON text; New Relic has lists of one kind of value (docs.newrelic.com, "Arrays in NRQL").
Stored = Literal["number", "text", "boolean", "list"]
SQL_TYPES: Mapping[Stored, str] = {"number": "DOUBLE", "text": "VARCHAR", "boolean": "BOOLEAN", "list": "VARCHAR"}

TIME, EVENT, ROW = '"at"', '"event"', '"id"'


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of one file, or of one call.

    `relation` is SQL to read from; `columns` is SQL of an attribute's values of each kind in a row of it, `time` of its
    time in seconds since 1970, `event` of its event type and `row` of its number within the data. `event_types` are
    those that occur. `held` has the columns of a table that lives in memory outside the database.
    """

    relation: str
    rows: int
    event_types: frozenset[str]
    columns: Mapping[str, Mapping[Stored, str]]
    time: str = TIME
    event: str = EVENT
    row: str = ROW
    held: Mapping[str, NDArray[Any]] | None = field(default=None, repr=False)
