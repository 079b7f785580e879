"""Queries with aggregates: by facet and by stretch of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitors.nrql.evaluator.buckets import Buckets, buckets_of
from monitors.nrql.evaluator.cells import Columns
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.facets import Facet, facet_values
from monitors.nrql.evaluator.frames import Frame
from monitors.nrql.evaluator.groups import Group
from monitors.nrql.evaluator.labels import facet_labels, label_of
from monitors.nrql.evaluator.limits import limit_of
from monitors.nrql.evaluator.primitives import InOneGo
from monitors.nrql.evaluator.ranking import rank_of, required
from monitors.nrql.evaluator.results import Cell, Result, Row
from monitors.nrql.evaluator.scope import Aside
from monitors.nrql.evaluator.values import Value, as_text
from monitors.nrql.tree import Call, Node, Query
from monitors.nrql.walk import walk

_DEFAULT_FACETS = 10
_OF_THE_END = frozenset({"aggregationendtime", "predictLinear"})


@dataclass(frozen=True)
class Chosen:
    """The facets of a result in their order, and each one's parts as they are, before they were written as text."""

    facets: tuple[Facet, ...]
    typed: dict[Facet, tuple[Cell, ...]]


def aggregated(
    query: Query, frame: Frame, since: float, until: float, chosen: Chosen | None
) -> tuple[Result, Chosen | None]:
    """Return the result of a query with aggregates, and its facets; `chosen` are those of the time compared with."""
    work = _Work(query, frame, since, until)
    if query.facet is not None and chosen is None:
        chosen = work.chosen()
    lines = tuple(work.rows(chosen))
    labels = tuple(label_of(one) for one in query.select)
    return Result(labels, facet_labels(query.facet), lines, work.since, until), chosen


class _Work:
    """One query over one time range."""

    def __init__(self, query: Query, frame: Frame, since: float, until: float) -> None:
        self._query, self._frame = query, frame
        self._buckets = buckets_of(query.timeseries, since, until) if query.timeseries else None
        self.since, self._until = (self._buckets.since if self._buckets else since), until
        self._facets = facet_values(frame.compiler, query.facet)
        self._values = [self._value(one.expression, within_bucket=True) for one in query.select]
        self._columns = Columns(self._values)
        called = {call.function for one in query.select for call in walk(one.expression) if isinstance(call, Call)}
        self._knows_its_end = bool(called & _OF_THE_END)
        self._empties: dict[float | None, tuple[Cell, ...]] = {}

    def chosen(self) -> Chosen:
        """Return the facets that are shown, the first one first."""
        texts = [as_text(facet) for facet in self._facets]
        typed = Columns(self._facets)
        keys = ", ".join(f'"f{at}"' for at in range(len(texts)))
        rank = rank_of(self._query, self._group(within_bucket=False), self._compiler(within_bucket=False))
        named = [f'{text} AS "f{at}"' for at, text in enumerate(texts)]
        named += [f"any_value({sql})" for sql in typed.sql()]
        sql = (
            f"SELECT {', '.join(named)} "
            f"FROM {self._rows()} AND {self._present(texts)} GROUP BY {keys} "
            f"HAVING {required(self._query, self._frame.compiler)} AND ({rank.by}) IS NOT NULL "
            f"ORDER BY ({rank.by}) DESC, {keys} LIMIT {limit_of(self._query, _DEFAULT_FACETS)}"
        )
        found = self._frame.session.rows(sql)
        facets = {tuple(row[: len(texts)]): typed.cells(row[len(texts) :]) for row in found}
        if rank.shown_by is None:
            return Chosen(tuple(facets), facets)
        return Chosen(self._reordered(tuple(facets), rank.shown_by), facets)

    def rows(self, chosen: Chosen | None) -> Iterator[Row]:
        """Yield the lines of the result, those of stretches without rows too."""
        found = self._found(chosen)
        for facet in ((),) if chosen is None else chosen.facets:
            for number in range(self._buckets.count if self._buckets else 1):
                begin, end = self._span(number)
                yield Row(facet, begin, end, found.get((facet, number)) or self._empty(end))

    def _found(self, chosen: Chosen | None) -> dict[tuple[Facet, int], tuple[Cell, ...]]:
        """Return the values of every facet and stretch that has rows."""
        bucket = '"bucket"' if self._buckets else "0"
        # Counting keeps SQL from taking a query whose values are all constants for one without aggregates.
        columns = ", ".join([bucket, "count(*)", *self._columns.sql()])
        if chosen is None:
            grouped = " GROUP BY bucket" if self._buckets else ""
            sql = f"SELECT {columns} FROM {self._bucketed('')}{grouped}"
            return {((), int(row[0])): self._columns.cells(row[2:]) for row in self._frame.session.rows(sql)}
        if not chosen.facets:
            return {}
        grouped = '"facet", bucket' if self._buckets else '"facet"'
        sql = f'SELECT "facet", {columns} FROM {self._bucketed("facet")} GROUP BY {grouped}'
        with self._frame.session.holding("facets", _codes(chosen.facets)):
            return {
                (chosen.facets[int(row[0])], int(row[1])): self._columns.cells(row[3:])
                for row in self._frame.session.rows(sql)
            }

    def _reordered(self, facets: tuple[Facet, ...], shown_by: str) -> tuple[Facet, ...]:
        """Return facets in the order of the first selected value, the greatest first."""
        sql = f'SELECT "facet", {shown_by} FROM {self._bucketed("facet", whole=True)} GROUP BY "facet"'
        with self._frame.session.holding("facets", _codes(facets)):
            rows = self._frame.session.rows(sql)
        values = {facets[int(code)]: value for code, value in rows}
        return tuple(sorted(values, key=lambda facet: (values[facet] is None, -(values[facet] or 0), facet)))

    def _bucketed(self, facet: str, *, whole: bool = False) -> str:
        """Return SQL of the rows, with their bucket and the number of their facet, once for each bucket they are in."""
        rows = f"(SELECT * FROM {self._rows()}) AS recorded"
        texts = [as_text(value) for value in self._facets]
        if facet:
            on = " AND ".join(f'facets."f{at}" = {text}' for at, text in enumerate(texts))
            rows += f" JOIN facets ON {on}"
        if self._buckets is None or whole:
            return rows
        return f"(SELECT *, unnest({_numbers(self._buckets)}) AS bucket FROM {rows}) AS recorded"

    def _empty(self, end: float) -> tuple[Cell, ...]:
        """Return the values of a stretch without rows: 0 for a count, NULL for an average."""
        key = end if self._knows_its_end else None
        if key not in self._empties:
            group = Group(self._frame.compiler, InOneGo(), seconds=self._seconds, end=repr(float(end)))
            compiler = self._frame.compiler.over(Aside(), group.aggregated)
            columns = Columns([compiler.value(one.expression) for one in self._query.select])
            sql = f"SELECT {', '.join(['count(*)', *columns.sql()])} FROM {self._rows()} AND FALSE"
            self._empties[key] = columns.cells(self._frame.session.rows(sql)[0][1:])
        return self._empties[key]

    def _rows(self) -> str:
        rows = self._frame.rows()
        return f'{rows} AND "at" >= {self.since!r}' if self._buckets else rows

    def _present(self, texts: Sequence[str]) -> str:
        return " AND ".join(f"({text}) IS NOT NULL" for text in texts)

    def _span(self, number: int) -> tuple[float, float]:
        if self._buckets is None:
            return self.since, self._until
        begin = self._buckets.begin(number)
        return begin, begin + self._buckets.width

    def _value(self, expression: Node, *, within_bucket: bool) -> Value:
        return self._compiler(within_bucket=within_bucket).value(expression)

    def _compiler(self, *, within_bucket: bool) -> Compiler:
        return self._frame.compiler.over(Aside(), self._group(within_bucket=within_bucket).aggregated)

    def _group(self, *, within_bucket: bool) -> Group:
        end, seconds = repr(float(self._until)), repr(float(self._until - self.since))
        if self._buckets is not None and within_bucket:
            end = f"({self._buckets.since!r} + bucket * {self._buckets.slide!r} + {self._buckets.width!r})"
            seconds = self._seconds
        return Group(self._frame.compiler, InOneGo(), seconds=seconds, end=end)

    @property
    def _seconds(self) -> str:
        """SQL of the length of each line's time."""
        return repr(float(self._buckets.width if self._buckets else self._until - self.since))


def _numbers(buckets: Buckets) -> str:
    """Return SQL of the list of buckets that a row is in: those that have begun and not yet ended at its time."""
    since, width, slide = buckets.since, buckets.width, buckets.slide
    first = f'greatest(floor(("at" - {since!r} - {width!r}) / {slide!r})::BIGINT + 1, 0)'
    last = f'least(floor(("at" - {since!r}) / {slide!r})::BIGINT, {buckets.count - 1})'
    return f"range({first}, {last} + 1)"


def _codes(facets: Sequence[Facet]) -> dict[str, NDArray[Any]]:
    codes: dict[str, NDArray[Any]] = {"facet": np.arange(len(facets), dtype=np.int64)}
    for at in range(len(facets[0]) if facets else 0):
        codes[f"f{at}"] = np.array([facet[at] for facet in facets], dtype=object)
    return codes
