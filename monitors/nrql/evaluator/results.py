"""What a query gives."""

from __future__ import annotations

from dataclasses import dataclass

from monitors.nrql.evaluator.facets import Facet

Cell = float | str | bool | None | list["Cell"] | dict[str, "Cell"]


@dataclass(frozen=True)
class Row:
    """One line of a result: of which facet (`()` without FACET), over which time in seconds since 1970, which values.

    A row of a query that selects attributes rather than aggregates has the time of its event as `begin` and `end`.
    """

    facet: Facet
    begin: float
    end: float
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Result:
    """The rows of a query; `labels` name their values, and `facet_labels` the parts of their facets.

    Rows come by facet, the first one first, and within it by time. `compared` is the result for the time that COMPARE
    WITH names, with the same facets; None where the query has no such clause.
    """

    labels: tuple[str, ...]
    facet_labels: tuple[str, ...]
    rows: tuple[Row, ...]
    since: float
    until: float
    compared: Result | None = None

    @property
    def single(self) -> Cell:
        """The only value. Raises `ValueError` where there is not exactly one row of one value."""
        if len(self.rows) != 1 or len(self.labels) != 1:
            raise ValueError(f"the result has {len(self.rows)} rows of {len(self.labels)} values, not one value")
        return self.rows[0].values[0]
