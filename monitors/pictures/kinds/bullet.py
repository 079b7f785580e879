"""Bullet charts: a figure in large type, and how far it is on the way to its limit."""

from __future__ import annotations

from typing import Final

from monitors.pictures.drawing import Drawing, Ink, Refused, Room, box, label
from monitors.pictures.series import figures
from monitors.pictures.tables import Table, as_text
from monitors.pictures.units import figure
from monitors.spec import BulletWidget

_BAR, _LIMIT_AT = 22, 0.8  # the limit stands at four fifths, so that what is beyond it shows
_LARGE: Final = 30


def draw(widget: BulletWidget, ink: Ink, room: Room) -> Drawing:
    """Return the chart."""
    found = figures(ink.answers, "bullet chart")
    if len(found) != 1:
        raise Refused(f"A bullet chart shows a single value, and the query gives {len(found)}.")
    value = found[0].value
    if value is None:
        return Drawing((), state="empty")
    top = max(room.height / 2 - 40, 0)
    limit_x = round(room.width * _LIMIT_AT, 1)
    length = min(max(value / widget.limit, 0.0) * limit_x, room.width)
    kind = "critical" if value > widget.limit else "s0"
    text = figure(value, ink.unit)
    bar_y = top + 44
    marks = (
        f'<text class="b" style="font-size:{_LARGE}px" x="0" y="{top + 28:g}">{text}</text>',
        box(0, bar_y, room.width, _BAR, "sunken", round_by=3),
        box(0, bar_y, length, _BAR, kind, round_by=3, title=text),
        f'<path class="limit l" d="M{limit_x:g} {bar_y - 6:g}v{_BAR + 12}"/>',
        label(limit_x, bar_y + _BAR + 20, f"Limit {figure(widget.limit, ink.unit)}", "q", anchor="middle"),
    )
    rows = (("Value", as_text(value, ink.unit)), ("Limit", as_text(widget.limit, ink.unit)))
    return Drawing(marks, Table(("", "Value"), rows, frozenset({1})))
