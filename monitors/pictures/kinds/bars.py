"""Bar charts: a bar across for each facet, the greatest first as the query gives them."""

from __future__ import annotations

from typing import Final

from monitors.pictures.drawing import Drawing, Ink, Room, box, colour, label
from monitors.pictures.series import figures
from monitors.pictures.tables import Table, as_text
from monitors.pictures.text import width
from monitors.pictures.units import figure
from monitors.spec import ChartWidget

_ROW, _TALLEST_ROW, _TEXT, _LEAST_BAR = 34, 52, 18, 2
_MORE: Final = 18


def draw(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return the chart."""
    found = figures(ink.answers, "bar chart")
    fits = max(1, int(room.height // _ROW))
    shown = found if len(found) <= fits else found[: max(1, int((room.height - _MORE) // _ROW))]
    row = _ROW if len(shown) < len(found) or not found else min(room.height / len(found), _TALLEST_ROW)
    bar = row - _TEXT - 6
    greatest = max((abs(one.value) for one in found if one.value is not None), default=0.0)
    marks: list[str] = []
    for number, one in enumerate(shown):
        y = number * row
        value = "no value" if one.value is None else figure(one.value, ink.unit)
        wide = width(value, 12, bold=True)
        marks.append(label(0, y + 13, one.name, room=room.width - wide - 12))
        marks.append(label(room.width, y + 13, value, "b", anchor="end"))
        marks.append(box(0, y + _TEXT, room.width, bar, "sunken", round_by=2))
        if one.value and greatest:
            length = max(abs(one.value) / greatest * room.width, _LEAST_BAR)
            kind = f"s{colour(number)}" if one.value > 0 else f"a s{colour(number)}"
            marks.append(box(0, y + _TEXT, length, bar, kind, round_by=2, title=f"{one.name}: {value}"))
    if len(shown) < len(found):
        marks.append(label(0, len(shown) * row + 13, f"+ {len(found) - len(shown)} more", "q"))
    rows = tuple((one.name, as_text(one.value, ink.unit)) for one in found)
    return Drawing(tuple(marks), Table(("Of", "Value"), rows, frozenset({1})))
