"""Results as series: one line, stack or bar for each facet and each figure that a query selects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from monitors.nrql.evaluator import Cell, Result, Row
from monitors.pictures.answers import Answer, Answers
from monitors.pictures.drawing import Refused
from monitors.pictures.tables import Table, as_text, moment


@dataclass(frozen=True)
class Point:
    """A value over a stretch of time (seconds since 1970); None where nothing was recorded."""

    begin: float
    end: float
    value: float | None

    @property
    def middle(self) -> float:
        """The moment that it is drawn at."""
        return (self.begin + self.end) / 2


@dataclass(frozen=True)
class Series:
    """One line of a chart; `then` marks the values of the time that COMPARE WITH names, moved to now."""

    name: str
    points: tuple[Point, ...]
    colour: int
    then: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """Its values, without the gaps."""
        return tuple(point.value for point in self.points if point.value is not None)


@dataclass(frozen=True)
class Figure:
    """One value without a time, with the one of the time that COMPARE WITH names."""

    name: str
    value: float | None
    before: float | None = None
    compared: bool = False


def over_time(answers: Answers, kind: str) -> tuple[Series, ...]:
    """Return the series of a chart over time. Raises `Refused` where a query has no TIMESERIES."""
    found: list[Series] = []
    several = len(answers.given) > 1
    for answer in answers.given:
        if answer.query.timeseries is None:
            raise Refused(f"A {kind} chart needs TIMESERIES, which this query lacks.")
        own = list(_series(answer, answer.result, 0, len(found), several))
        if answer.result.compared is not None:
            shift = answer.result.since - answer.result.compared.since
            own += _series(answer, answer.result.compared, shift, len(found), several, then=True)
        found += own
    return tuple(found)


def figures(answers: Answers, kind: str) -> tuple[Figure, ...]:
    """Return the values of queries without TIMESERIES. Raises `Refused` where one has it."""
    found: list[Figure] = []
    for answer in answers.given:
        if answer.query.timeseries is not None:
            raise Refused(f"A {kind} shows single values, and this query has TIMESERIES; New Relic offers none for it.")
        compared = answer.result.compared
        then = {row.facet: row for row in compared.rows} if compared is not None else {}
        for row in answer.result.rows:
            earlier = then.get(row.facet)
            for place, value in enumerate(row.values):
                before = None if earlier is None else earlier.values[place]
                found += _figures(answer, place, row.facet, (value, before), compared is not None)
    return tuple(found)


def span(answers: Answers) -> tuple[float, float]:
    """Return the time that a chart is over."""
    return min(one.result.since for one in answers.given), max(one.result.until for one in answers.given)


def series_table(series: Sequence[Series], unit: str, zone: object) -> Table:
    """Return the values of series, a row for each moment and a column for each series."""
    times = sorted({(point.begin, point.end) for one in series for point in one.points})
    by_time = [{(point.begin, point.end): point.value for point in one.points} for one in series]
    rows = tuple(
        (moment(begin, zone), *(as_text(values.get((begin, end)), unit) for values in by_time)) for begin, end in times
    )
    return Table(("From", *(one.name for one in series)), rows, frozenset(range(1, len(series) + 1)))


def _series(
    answer: Answer, result: Result, shift: float, first: int, several: bool, *, then: bool = False
) -> Iterator[Series]:
    colour = first
    for facet, rows in groupby(result.rows, key=lambda row: row.facet):
        lines = list(rows)
        for place in range(len(result.labels)):
            for part in _parts(lines, place):
                points = tuple(_point(row, place, part, shift) for row in lines)
                name = _series_name(answer, place, facet, part, several)
                yield Series(f"{name} ({answer.compared_told})" if then else name, points, colour, then)
                colour += 1


def _parts(rows: Sequence[Row], place: int) -> tuple[str | None, ...]:
    """Return the keys of values that are maps, as those of a percentile are; one None for plain values."""
    value = next((row.values[place] for row in rows if row.values[place] is not None), None)
    return tuple(value) if isinstance(value, dict) else (None,)


def _point(row: Row, place: int, part: str | None, shift: float) -> Point:
    value = row.values[place]
    if part is not None:
        value = value.get(part) if isinstance(value, dict) else None
    return Point(row.begin + shift, row.end + shift, _number(value))


def _series_name(answer: Answer, place: int, facet: tuple[str, ...], part: str | None, several: bool) -> str:
    label = answer.label(place) if part is None else answer.part_label(place, part)
    if not facet:
        return label
    alone = len(answer.query.select) == 1 and not several and part is None
    return ", ".join(facet) if alone else f"{', '.join(facet)}: {label}"


def _figures(
    answer: Answer, place: int, facet: tuple[str, ...], values: tuple[Cell, Cell], compared: bool
) -> Iterator[Figure]:
    value, before = values
    if not isinstance(value, dict):
        name = _series_name(answer, place, facet, None, False)
        yield Figure(name, _number(value), _number(before), compared)
        return
    for key, one in value.items():
        then = before.get(key) if isinstance(before, dict) else None
        yield Figure(_series_name(answer, place, facet, key, False), _number(one), _number(then), compared)


def _number(value: Cell) -> float | None:
    if isinstance(value, bool):
        return float(value)
    return float(value) if isinstance(value, (int, float)) else None
