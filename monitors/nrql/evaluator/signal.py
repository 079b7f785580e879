"""An alert condition's query: which rows are its points, and what a window of them is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitors.nrql.evaluator.data import Data
from monitors.nrql.evaluator.facets import Facet
from monitors.nrql.evaluator.primitives import ByParts, InOneGo, NotDecomposable, Primitives
from monitors.nrql.evaluator.signal_plans import Plan, levels_of, plan_of
from monitors.nrql.evaluator.windows import SignalWindows, by_parts, expanded, grouped
from monitors.nrql.tree import Query

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SignalPoints:
    """The rows that pass FROM and WHERE, in the order of the data: of which facet, when, and their numbers in it.

    `facets` are in alphabetical order; `facet_of` is the place in it of each row's.
    """

    facets: tuple[Facet, ...]
    facet_of: NDArray[np.int32]
    timestamps: Floats
    rows: Integers


class SignalQuery:
    """A condition's query. Raises `NotEvaluated` for what cannot be evaluated or does not belong in a condition."""

    def __init__(self, query: Query, *, variables: Mapping[str, object] | None = None) -> None:
        self.query = query
        self._variables = variables or {}
        self._levels = levels_of(query)
        self._plan(Data(()), InOneGo(), window_seconds=60)  # refuses now what no data could make possible

    def points(self, data: Data) -> SignalPoints:
        """Return the rows that count for the signal."""
        plan = self._plan(data, InOneGo(), window_seconds=60)
        facets, columns = self._fetch(data, plan, {"row": '"id"'})
        order = np.argsort(columns["row"], kind="stable")
        return SignalPoints(
            facets, columns["facet"][order].astype(np.int32), columns["time"][order], columns["row"][order]
        )

    def aggregate(self, data: Data, groups: Integers, rows: Integers, *, window_seconds: float | None = None) -> Floats:
        """Return the value of each group of rows, 0 to the greatest number in `groups`; NaN where it is NULL.

        `rows` are numbers from `points`; a row may be in several groups. `window_seconds` is needed by `rate` alone.
        """
        if not len(groups):
            return np.empty(0)
        plan = self._plan(data, InOneGo(), window_seconds)
        values = np.full(int(groups.max()) + 1, np.nan)
        session = data.session()
        asked = {"g": np.ascontiguousarray(groups, np.int64), "r": np.ascontiguousarray(rows, np.int64)}
        with session.holding("asked", asked):
            grouped_rows = (
                f"SELECT asked.g AS g, recorded.* FROM asked JOIN ({plan.rows.relation()}) AS recorded "
                'ON recorded."id" = asked.r'
            )
            found = session.arrays(
                f"SELECT g, ({plan.value})::DOUBLE AS value FROM ({plan.results(grouped_rows)}) AS recorded GROUP BY g"
            )
        values[found["g"]] = np.ma.filled(found["value"], np.nan)
        return values

    def windows(self, data: Data, *, window_seconds: int, slide_seconds: int | None = None) -> SignalWindows:
        """Return every window that holds a point, by facet and end, with its value.

        Windows end at multiples of the slide, or of their own length where they do not overlap, since 1970.
        """
        slide = slide_seconds or window_seconds
        if window_seconds % slide:
            raise ValueError(f"slide_seconds {slide} has to divide window_seconds {window_seconds}")
        parts = ByParts()
        try:
            plan = self._plan(data, parts, window_seconds)
        except NotDecomposable:
            return self._windows_of_rows(data, window_seconds, slide)
        facets, columns = self._fetch(data, plan, parts.columns)
        groups = grouped(facets, columns, window_seconds, slide)
        results = by_parts(groups, parts.parts, columns)
        return groups.windows(self._values(data, plan.value, results, len(groups.ends)))

    def _values(self, data: Data, value: str, parts: Mapping[str, Floats], count: int) -> Floats:
        if not count:
            return np.empty(0)
        session = data.session()
        with session.holding("parts", dict(parts) or {"none": np.zeros(count)}):
            found = session.arrays(f"SELECT ({value})::DOUBLE AS value FROM parts")["value"]
        return np.ma.filled(found, np.nan)

    def _windows_of_rows(self, data: Data, window_seconds: int, slide: int) -> SignalWindows:
        plan = self._plan(data, InOneGo(), window_seconds)
        facets, columns = self._fetch(data, plan, {"row": '"id"'})
        groups = grouped(facets, columns, window_seconds, slide)
        values = np.full(len(groups.ends), np.nan)
        for first, windows, rows in expanded(groups, columns["row"]):
            part = self.aggregate(data, windows - first, rows, window_seconds=window_seconds)
            values[first : first + len(part)] = part
        return groups.windows(values)

    def _plan(self, data: Data, primitives: Primitives, window_seconds: float | None) -> Plan:
        return plan_of(self._levels, data, primitives, window_seconds, self._variables)

    def _fetch(
        self, data: Data, plan: Plan, columns: Mapping[str, str]
    ) -> tuple[tuple[Facet, ...], dict[str, NDArray[Any]]]:
        """Return the facets, and for each point its facet, its time and these columns."""
        session = data.session()
        listed = "".join(f', {sql} AS "{name}"' for name, sql in columns.items())
        points = f"FROM ({plan.rows.relation()}) AS recorded"
        if not plan.facets:
            found = session.arrays(f'SELECT "at" AS time{listed} {points} WHERE {plan.where}')
            return ((),), {**found, "facet": np.zeros(len(found["time"]), np.int32)}
        named = ", ".join(f'{facet} AS "f{at}"' for at, facet in enumerate(plan.facets))
        keys = ", ".join(f'"f{at}"' for at in range(len(plan.facets)))
        facets = session.rows(f"SELECT DISTINCT {keys} FROM (SELECT {named} {points} WHERE {plan.where}) ORDER BY ALL")
        codes: dict[str, NDArray[Any]] = {"facet": np.arange(len(facets), dtype=np.int32)}
        for at in range(len(plan.facets)):
            codes[f"f{at}"] = np.array([facet[at] for facet in facets], dtype=object)
        wanted = "".join(f', points."{name}"' for name in columns)
        with session.holding("facets", codes):
            found = session.arrays(
                f"SELECT facet, time{wanted} "
                f'FROM (SELECT "at" AS time, {named}{listed} {points} WHERE {plan.where}) AS points '
                f"JOIN facets USING ({keys})"
            )
        return tuple(facets), found
