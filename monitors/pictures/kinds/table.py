"""Tables and logs: rows of text and figures, cells coloured by bands; a log has the latest line first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitors.nrql.evaluator import Cell
from monitors.pictures.answers import Answer
from monitors.pictures.drawing import Drawing, Ink, Refused, Room, box, label
from monitors.pictures.tables import Table, as_text, moment
from monitors.pictures.text import width
from monitors.spec import Band, ChartWidget

_ROW, _HEAD, _PAD = 25, 24, 12
_TIME: Final = "timestamp"
_LEVEL_COLOURS: Final = {"error": "critical", "critical": "critical", "warning": "warning", "warn": "warning"}
_LEVELS: Final = ("level", "priority", "severity", "log.level")
_MILLISECONDS: Final = 1000


def draw(widget: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return a table of facets and figures, or of events."""
    answer = _only(ink, "table")
    if answer.query.timeseries is not None:
        table = _table(answer, ink, ("From",), widget.bands)
    else:
        table = _table(answer, ink, (), widget.bands)
    return Drawing(tuple(_drawn(table, room)), table)


def draw_log(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return a log. Lines stand by time, whatever the query says of their order."""
    answer = _only(ink, "log")
    if answer.query.facet is not None:
        raise Refused("A log shows events, and this query has FACET; a table shows facets.")
    table = _table(answer, ink, (), ())
    colours = tuple(
        tuple(_level(name, text) for name, text in zip(table.columns, row, strict=True)) for row in table.rows
    )
    coloured = Table(table.columns, table.rows, table.numbers, colours)
    return Drawing(tuple(_drawn(coloured, room)), coloured)


def _only(ink: Ink, kind: str) -> Answer:
    if len(ink.answers.given) > 1:
        raise Refused(f"A {kind} shows one query, and this widget has {len(ink.answers.given)}.")
    return ink.answers.given[0]


def _table(answer: Answer, ink: Ink, before: tuple[str, ...], bands: Sequence[Band]) -> Table:
    result = answer.result
    columns: list[str] = [*before, *result.facet_labels]
    plain = len(columns)
    keys = [_keys([row.values[place] for row in result.rows]) for place in range(len(result.labels))]
    listing = not result.facet_labels and result.labels and _lists_events(answer)
    for place, label_of in enumerate(result.labels):
        name = label_of if listing else answer.label(place)
        own = keys[place]
        columns += [name] if own is None else [answer.part_label(place, key) for key in own]
    rows, colours = [], []
    for row in result.rows:
        cells: list[Cell] = [*((moment(row.begin, ink.zone),) if before else ()), *row.facet]
        for value, own in zip(row.values, keys, strict=True):
            cells += [value] if own is None else [_of(value, key) for key in own]
        rows.append(tuple(_text(name, cell, ink) for name, cell in zip(columns, cells, strict=True)))
        colours.append(tuple(_band(name, cell, bands) for name, cell in zip(columns, cells, strict=True)))
    figures = {
        place
        for place in range(plain, len(columns))
        if columns[place] != _TIME and any(row[place][:1].isdigit() or row[place][:1] == "-" for row in rows)
    }
    return Table(tuple(columns), tuple(rows), frozenset(figures), tuple(colours) if bands else ())


def _lists_events(answer: Answer) -> bool:
    return all(row.begin == row.end for row in answer.result.rows)


def _keys(values: Sequence[Cell]) -> tuple[str, ...] | None:
    """Return the keys of values that are maps, as those of a percentile are."""
    found = next((value for value in values if isinstance(value, dict)), None)
    return None if found is None else tuple(found)


def _of(value: Cell, key: str) -> Cell:
    return value.get(key) if isinstance(value, dict) else None


def _text(name: str, cell: Cell, ink: Ink) -> str:
    if name == _TIME and isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return moment(cell / _MILLISECONDS, ink.zone)
    return as_text(cell)


def _band(name: str, cell: Cell, bands: Sequence[Band]) -> str | None:
    if not isinstance(cell, (int, float)) or isinstance(cell, bool):
        return None
    for band in bands:
        above = band.above is None or cell >= band.above
        below = band.below is None or cell < band.below
        if band.column_name == name and above and below:
            return band.severity
    return None


def _level(name: str, text: str) -> str | None:
    return _LEVEL_COLOURS.get(text.lower()) if name.lower() in _LEVELS else None


def _drawn(table: Table, room: Room) -> list[str]:
    """Return what of the table finds room, with a line that says how many rows do not."""
    widths = _widths(table, room.width)
    fits = max(1, int((room.height - _HEAD) // _ROW))
    shown = table.rows if len(table.rows) <= fits else table.rows[: max(fits - 1, 1)]
    marks = [*_line(table.columns, widths, 15, table.numbers, "q b s")]
    marks.append(f'<path class="axis" d="M0 {_HEAD}H{room.width:g}"/>')
    for number, row in enumerate(shown):
        y = _HEAD + number * _ROW
        marks += _cells(table, number, widths, y)
        marks += _line(row, widths, y + 17, table.numbers, "")
        marks.append(f'<path class="grid" d="M0 {y + _ROW:g}H{room.width:g}"/>')
    left = len(table.rows) - len(shown)
    if left > 0:
        marks.append(label(0, _HEAD + len(shown) * _ROW + 17, f"+ {left:,} more", "q"))
    return marks


def _cells(table: Table, number: int, widths: Sequence[float], y: float) -> list[str]:
    marks, x = [], 0.0
    for place, wide in enumerate(widths):
        colour = table.colour(number, place)
        if colour is not None:
            marks.append(box(x, y + 2, 4, _ROW - 4, colour))
            marks.append(box(x, y + 1, wide, _ROW - 2, f"band {colour}"))
        x += wide
    return marks


def _line(texts: Sequence[str], widths: Sequence[float], y: float, numbers: frozenset[int], kind: str) -> list[str]:
    marks, x = [], 0.0
    for place, (text, wide) in enumerate(zip(texts, widths, strict=True)):
        at_end = place in numbers
        at = x + wide - _PAD if at_end else x + 8
        marks.append(label(round(at, 1), y, text, kind, anchor="end" if at_end else "", room=wide - _PAD - 6))
        x += wide
    return [mark for mark, text in zip(marks, texts, strict=True) if text]


def _widths(table: Table, room: float) -> list[float]:
    """Return the columns' widths: what each wants, the widest made narrower until all fit."""
    sample = table.rows[:40]
    wants = [
        max(width(text, 12, bold=row is table.columns) for row in (table.columns, *sample) for text in (row[place],))
        + _PAD
        + 10
        for place in range(len(table.columns))
    ]
    if not wants:
        return []
    over = sum(wants) - room
    if over <= 0:
        return [want - over / len(wants) for want in wants]
    limit = _limit(wants, room)
    return [min(want, limit) for want in wants]


def _limit(wants: Sequence[float], room: float) -> float:
    """Return the greatest width such that columns cut to it fit."""
    left, ascending = room, sorted(wants)
    for number, want in enumerate(ascending):
        share = left / (len(ascending) - number)
        if want > share:
            return share
        left -= want
    return ascending[-1]
