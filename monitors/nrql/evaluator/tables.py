"""A table of recorded rows: which attributes it has, of which kinds, and in which columns they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

# A list is kept as JSON text; New Relic has lists of one kind of value (docs.newrelic.com, "Arrays in NRQL").
Stored = Literal["number", "text", "boolean", "list"]
SQL_TYPES: Mapping[Stored, str] = {"number": "DOUBLE", "text": "VARCHAR", "boolean": "BOOLEAN", "list": "VARCHAR"}

TIME = "at"  # seconds since 1970, DOUBLE, never NULL
TYPE = "event"  # the event type, where a table has several
ROW = "id"  # the number of the row within its data, BIGINT


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of one file, or of one call.

    `columns` says in which column an attribute's values of each kind are; the names of columns are made here and never
    come from the data. `event_types` are those that occur. `row` is SQL of a row's number within the data.
    `held` has the columns of a table that lives in memory outside the database.
    """

    relation: str
    rows: int
    event_types: frozenset[str]
    columns: Mapping[str, Mapping[Stored, str]]
    row: str = ROW
    held: Mapping[str, NDArray[Any]] | None = field(default=None, repr=False)

    def time_span(self) -> tuple[float, float] | None:
        """Return the least and greatest time of a table that is held, None where there is no row."""
        if self.held is None or not self.rows:
            return None
        times = self.held[TIME]
        return float(np.min(times)), float(np.max(times))
