"""The legend below a chart: a spot of colour and a name for each series, in as many lines as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitors.pictures.drawing import LINE, box, colour, label
from monitors.pictures.series import Series
from monitors.pictures.text import width

_SPOT, _GAP, _SIZE, _WIDEST = 16, 16, 12, 260
_MORE: Final = 60  # room for "+ 12 more"


@dataclass(frozen=True)
class Legend:
    """The marks of a legend, from 0 down, and its height."""

    marks: tuple[str, ...]
    height: float


def legend(series: Sequence[Series], room: float, most_lines: int) -> Legend:
    """Return the names of the series; those that find no room are counted."""
    marks: list[str] = []
    x, line = 0.0, 0
    for number, one in enumerate(series):
        wide = min(width(one.name, _SIZE), _WIDEST, room - _SPOT)
        is_last_line, is_last = line + 1 == most_lines, number + 1 == len(series)
        ends = room - (_MORE if is_last_line and not is_last else 0)
        if x and x + _SPOT + wide > ends:
            if is_last_line:
                marks.append(label(x, line * LINE + 11, f"+ {len(series) - number} more", "q"))
                break
            x, line = 0.0, line + 1
        marks.append(_spot(x, line * LINE, one))
        marks.append(label(x + _SPOT, line * LINE + 11, one.name, "q", room=wide + 1))
        x += _SPOT + wide + _GAP
    return Legend(tuple(marks), (line + 1) * LINE if series else 0)


def _spot(x: float, y: float, one: Series) -> str:
    if one.then:
        return f'<path class="l then l{colour(one.colour)}" d="M{x:g} {y + 7:g}h10"/>'
    return box(x, y + 2, 10, 10, f"s{colour(one.colour)}", round_by=2)
