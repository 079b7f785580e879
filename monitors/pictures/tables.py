"""The numbers behind a picture as a table, for who cannot see it and for who wants them exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitors.nrql.evaluator import Cell
from monitors.pictures.units import exact
from monitors.standalone import safe
from monitors.words import counted

_MOST_ROWS: Final = 400  # of a table that stands beside a picture; the rest is said to be left out


@dataclass(frozen=True)
class Table:
    """Columns by name and rows of text; `numbers` are the columns that hold figures, by place."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    colours: tuple[tuple[str | None, ...], ...] = ()

    def colour(self, row: int, column: int) -> str | None:
        """Return the severity that a cell is coloured by."""
        return self.colours[row][column] if self.colours else None


NO_TABLE: Final = Table((), ())


def as_text(value: Cell, unit: str = "") -> str:
    """Return a value as a cell shows it; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return exact(value, unit)
    if isinstance(value, list):
        return ", ".join(as_text(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {as_text(one)}" for name, one in value.items())
    return value


def moment(seconds: float, zone: object) -> str:
    """Return a moment on the clocks of a zone, with seconds where they are not zero."""
    local = datetime.fromtimestamp(seconds, zone)  # type: ignore[arg-type]  # a ZoneInfo is a tzinfo
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def html_table(table: Table, caption: str) -> Iterator[str]:
    """Yield a table as HTML."""
    yield f'<table><caption class="hidden">{safe(caption)}</caption><thead><tr>'
    for place, name in enumerate(table.columns):
        yield f'<th scope="col"{_kind(place, table)}>{safe(name)}</th>'
    yield "</tr></thead><tbody>"
    for number, row in enumerate(table.rows[:_MOST_ROWS]):
        yield f"<tr>{''.join(_cells(table, number, row))}</tr>"
    yield "</tbody></table>"
    left = len(table.rows) - _MOST_ROWS
    if left > 0:
        yield f"<p class=quiet>{counted(left, 'more row')} left out.</p>"


def _cells(table: Table, number: int, row: Sequence[str]) -> Iterator[str]:
    for place, text in enumerate(row):
        colour = table.colour(number, place)
        yield f"<td{_kind(place, table, colour)}>{safe(text)}</td>"


def _kind(place: int, table: Table, colour: str | None = None) -> str:
    names = [name for name in ("number" if place in table.numbers else "", f"is-{colour}" if colour else "") if name]
    return f' class="{" ".join(names)}"' if names else ""
