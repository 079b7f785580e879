"""The picture of a case: the signal, its thresholds, missing and late data, what happened and what was expected."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from monitors.alerting import Facet
from monitors.spec import NrqlCondition, Operator
from monitors.testing.chart import LABEL_WIDTH, Line, chart
from monitors.testing.durations import duration_text
from monitors.testing.notation import number_text
from monitors.testing.outcomes import Outcome, facet_text
from service.metrics import Unit

_MOST_FACETS: Final = 6  # those with incidents first
_COLUMNS: Final = 80  # with the labels, a line is 99 characters long
_NICE_SECONDS: Final = (
    5,
    10,
    15,
    20,
    30,
    60,
    120,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    10_800,
    21_600,
    43_200,
    86_400,
    172_800,
    604_800,
)
_SIGNS: Final = {
    Operator.ABOVE: ">",
    Operator.ABOVE_OR_EQUALS: ">=",
    Operator.BELOW: "<",
    Operator.BELOW_OR_EQUALS: "<=",
    Operator.EQUALS: "=",
    Operator.NOT_EQUALS: "!=",
}


class Seen(NamedTuple):
    """A closed window of one facet and its value; times are seconds since 1970."""

    facet: Facet
    start: float
    end: float
    value: float | None


@dataclass(frozen=True)
class Recording:
    """What a condition saw: closed windows, and points that came when their window had already closed."""

    windows: tuple[Seen, ...]
    late: tuple[tuple[Facet, float], ...] = field(default=())


def timeline(condition: NrqlCondition, outcome: Outcome, recording: Recording) -> str:
    """Return the picture of a case, one part for each facet, no line longer than 100 characters."""
    expected = {one.facet for one in outcome.case.expect}
    facets = sorted(
        {window.facet for window in recording.windows} | {one.facet for one in outcome.incidents} | expected
    )
    scale = _scale(condition, outcome)
    parts = [_head(condition, outcome, scale)]
    involved = {one.facet for one in outcome.incidents} | expected
    facets.sort(key=lambda facet: facet not in involved)
    for facet in facets[:_MOST_FACETS] or [()]:
        parts.append("\n".join(_facet(condition, outcome, recording, facet, scale)))
    if len(facets) > _MOST_FACETS:
        parts.append(f"  and {len(facets) - _MOST_FACETS} more facets")
    parts.append("\n".join(_legend(parts)))
    return "\n".join(part for part in parts if part)


class _Scale(NamedTuple):
    """How time is drawn: where it begins, what a column is, and how many there are."""

    start: float
    seconds: float
    columns: int

    def column(self, at: float) -> int:
        return min(self.columns - 1, max(0, int((at - self.start) // self.seconds)))


def _scale(condition: NrqlCondition, outcome: Outcome) -> _Scale:
    """Return the finest scale that fits: a column is a part of a step, a step, or several."""
    step, length = condition.signal.step_seconds, outcome.case.length_seconds
    round_ones = (one for one in sorted({step, *_NICE_SECONDS}) if step % one == 0 or one > step)
    seconds = next((one for one in round_ones if length / one <= _COLUMNS), math.ceil(length / _COLUMNS))
    return _Scale(outcome.start, seconds, max(1, math.ceil(length / seconds)))


def _head(condition: NrqlCondition, outcome: Outcome, scale: _Scale) -> str:
    window = duration_text(condition.signal.window_seconds)
    slide = f" sliding by {duration_text(condition.signal.slide_seconds)}" if condition.signal.slide_seconds else ""
    start = outcome.case.start.strftime("%a %d %b %Y %H:%M:%S %Z")
    column = f"a column is {duration_text(scale.seconds)} from {start}"
    unit = "" if condition.unit is Unit.ONE else f" in {condition.unit}"
    return f"signal{unit}, windows of {window}{slide}; {column}"


def _facet(
    condition: NrqlCondition, outcome: Outcome, recording: Recording, facet: Facet, scale: _Scale
) -> Iterator[str]:
    if facet:
        yield f"  {facet_text(facet)}"
    windows = [one for one in recording.windows if one.facet == facet]
    values = _columns(condition, windows, scale)
    yield from chart(values, _lines(condition))
    missing = "".join("·" if value is None else " " for value in values)
    yield from _row("no data", missing)
    late = [" "] * scale.columns
    for _, at in (one for one in recording.late if one[0] == facet):
        late[scale.column(at)] = "L"
    yield from _row("late points", "".join(late))
    yield from _incidents(outcome, facet, scale)
    yield _axis(scale)


def _columns(condition: NrqlCondition, windows: Sequence[Seen], scale: _Scale) -> list[float | None]:
    """Return a value for each column: of several windows the one nearest to a breach, or furthest beyond it."""
    worst = min if _falls(condition) else max
    values: list[float | None] = [None] * scale.columns
    for window in windows:
        if window.value is None or window.end <= scale.start:
            continue
        first = scale.column(window.end - condition.signal.step_seconds)
        for column in range(first, scale.column(window.end - 1) + 1):
            before = values[column]
            values[column] = window.value if before is None else worst(before, window.value)
    return values


def _falls(condition: NrqlCondition) -> bool:
    return all(term.operator in (Operator.BELOW, Operator.BELOW_OR_EQUALS) for term in condition.thresholds)


def _lines(condition: NrqlCondition) -> list[Line]:
    if condition.baseline is not None:  # its thresholds are deviations, not values
        return []
    terms = (("critical", condition.critical), ("warning", condition.warning))
    return [
        Line(term.value, f"{name} {_SIGNS[term.operator]} {number_text(term.value)}")
        for name, term in terms
        if term is not None
    ]


def _incidents(outcome: Outcome, facet: Facet, scale: _Scale) -> Iterator[str]:
    for one in outcome.incidents:
        if one.facet == facet:
            closes = None if one.closed_at is None else one.closed_at
            yield from _span(f"got {_kind(one.priority, one.cause)}", one.opened_at, closes, scale)
    for expected in outcome.case.expect:
        if expected.facet == facet:
            closes = None if expected.closes is None else outcome.start + expected.closes.earliest
            label = f"expected {_kind(expected.priority, expected.cause)}"
            yield from _span(label, outcome.start + expected.opens.earliest, closes, scale)


def _kind(priority: str, cause: str) -> str:
    return "loss" if cause == "loss of signal" else priority[:8]


def _span(label: str, opens: float, closes: float | None, scale: _Scale) -> Iterator[str]:
    cells = [" "] * scale.columns
    first = scale.column(opens)
    last = scale.columns - 1 if closes is None else scale.column(closes)
    cells[first : last + 1] = "=" * (last + 1 - first)
    cells[last] = "=" if closes is None else "C"
    cells[first] = "O" if first != last or closes is None else "X"
    yield from _row(label, "".join(cells))


def _row(label: str, cells: str) -> Iterator[str]:
    if cells.strip():
        yield f"{label[:LABEL_WIDTH]:>{LABEL_WIDTH}} │{cells.rstrip()}"


def _axis(scale: _Scale) -> str:
    """Return the marks of time, at round times and at least eight columns apart."""
    apart = next((one for one in _NICE_SECONDS if one % scale.seconds == 0 and one >= 8 * scale.seconds), None)
    columns = int(apart / scale.seconds) if apart else 10
    marks = (
        f"└{duration_text(at * scale.seconds) if at else '0'}".ljust(columns) for at in range(0, scale.columns, columns)
    )
    axis = "".join(marks).rstrip()
    return f"{' ' * (LABEL_WIDTH + 2)}{axis if len(axis) <= _COLUMNS else axis[: axis.rindex('└')].rstrip()}"


def _legend(parts: Sequence[str]) -> Iterator[str]:
    drawn = "\n".join(parts)
    meanings = (
        (" no data │", "· no value"),
        (" late points │", "L came after its window had closed"),
        ("got ", "O opened, = open, C closed, X both"),
        ("expected ", "O opened, = open, C closed, X both"),
    )
    told = dict.fromkeys(meaning for sign, meaning in meanings if sign in drawn)
    if told:
        yield "; ".join(told)
