"""Billboards: figures in large type, in a box that is green, yellow or red where thresholds are set.

Source: docs.newrelic.com, "Chart types", section on billboards: the full box turns yellow or red; a warning above the
critical figure means that low values are bad; COMPARE WITH takes the thresholds away.
"""

from __future__ import annotations

import math
from typing import Final

from monitors.pictures.drawing import Drawing, Ink, Room, box, label
from monitors.pictures.series import Figure, figures
from monitors.pictures.tables import Table, as_text
from monitors.pictures.text import width
from monitors.pictures.units import figure
from monitors.rules.widgets import falls
from monitors.spec import BillboardWidget

_LARGEST, _LEAST, _GAP = 52, 18, 8
_NARROWEST: Final = 110  # the least width of one figure's box
_UNIT_SHARE: Final = 0.45  # the size of the unit beside its figure


def draw(widget: BillboardWidget, ink: Ink, room: Room) -> Drawing:
    """Return the figures, side by side."""
    found = figures(ink.answers, "billboard")
    across = min(len(found), max(1, int(room.width // _NARROWEST)))
    down = math.ceil(len(found) / across) if found else 1
    wide, tall = (room.width - _GAP * (across - 1)) / max(across, 1), (room.height - _GAP * (down - 1)) / down
    marks: list[str] = []
    for number, one in enumerate(found):
        x, y = (number % across) * (wide + _GAP), (number // across) * (tall + _GAP)
        marks += _figure(one, widget, ink, x, y, Room(wide, tall), is_alone=len(found) == 1)
    rows = tuple(
        (one.name, as_text(one.value, ink.unit), *((as_text(one.before, ink.unit),) if one.compared else ()))
        for one in found
    )
    columns = ("Figure", "Value", *(("Before",) if any(one.compared for one in found) else ()))
    return Drawing(tuple(marks), Table(columns, rows, frozenset({1, 2})))


def severity(value: float, widget: BillboardWidget) -> str | None:
    """Return what a value is coloured as; None where the widget has no thresholds."""
    if widget.warning is None and widget.critical is None:
        return None
    sign = -1 if falls(widget) else 1
    for name, limit in (("critical", widget.critical), ("warning", widget.warning)):
        if limit is not None and value * sign >= limit * sign:
            return name
    return "success"


def _figure(
    one: Figure, widget: BillboardWidget, ink: Ink, x: float, y: float, room: Room, *, is_alone: bool
) -> list[str]:
    colour = None if one.compared or one.value is None else severity(one.value, widget)
    marks = [] if colour is None else [box(x, y, room.width, room.height, f"box-{colour}", round_by=4)]
    ink_class = "on" if colour else ""
    text = "no value" if one.value is None else figure(one.value)
    unit = "" if one.value is None else ink.unit
    named = not is_alone or bool(ink.answers.given[0].query.select[0].alias)
    lines = int(named) + int(one.compared)
    size = _size(text, unit, room, lines)
    middle_x, middle = x + room.width / 2, y + room.height / 2 - lines * 9
    marks.append(_large(middle_x, middle + size * 0.36, text, unit, size, ink_class))
    below = middle + size * 0.36 + 22
    if named:
        marks.append(
            label(x + room.width / 2, below, one.name, ink_class or "q", anchor="middle", room=room.width - 12)
        )
        below += 18
    if one.compared:
        marks.append(label(x + room.width / 2, below, _change(one), "q", anchor="middle", room=room.width - 12))
    return marks


def _size(text: str, unit: str, room: Room, lines: int) -> float:
    """Return the largest type in which the figure fits its box."""
    wide = width(text, 1, bold=True) + (width(f" {unit}", _UNIT_SHARE) if unit else 0)
    return round(max(min(_LARGEST, (room.width - 16) / wide, (room.height - lines * 18) * 0.7), _LEAST), 1)


def _large(x: float, y: float, text: str, unit: str, size: float, kind: str) -> str:
    small = f'<tspan style="font-size:{size * _UNIT_SHARE:.1f}px;font-weight:500" dx="4">{unit}</tspan>' if unit else ""
    classes = f"b {kind}".strip()
    return (
        f'<text class="{classes}" style="font-size:{size:g}px" x="{x:g}" y="{y:.1f}" text-anchor="middle">'
        f"{text}{small}</text>"
    )


def _change(one: Figure) -> str:
    """Return how far a value is from the one before, in percent where there is something to divide by."""
    if one.value is None or one.before is None:
        return "nothing to compare with"
    if one.value == one.before:
        return "unchanged"
    arrow = "▲" if one.value > one.before else "▼"
    if one.before == 0:
        return f"{arrow} from 0"
    return f"{arrow} {figure(abs(one.value - one.before) / abs(one.before) * 100)} %"
