"""Pies: a ring of the parts of a whole, the whole in its middle, and the parts listed beside it."""

from __future__ import annotations

import math
from typing import Final

from monitors.pictures.drawing import Drawing, Ink, Room, colour, label
from monitors.pictures.kinds.shares import Share, listed, shares, shares_table
from monitors.pictures.units import figure
from monitors.spec import ChartWidget
from monitors.standalone import safe

_HOLE: Final = 0.62  # of the radius
_GAP: Final = 20


def draw(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return the chart."""
    parts = shares(ink, "pie")
    total = sum(one.value for one in parts)
    radius = round(min(room.height / 2 - 2, room.width * 0.24), 1)
    x, y = radius + 2, room.height / 2
    marks = [*_ring(parts, x, y, radius)]
    size = min(radius * 0.42, 22)
    text = figure(total)
    marks.append(
        f'<text class="b" style="font-size:{size:.1f}px" x="{x:g}" y="{y + size * 0.36:.1f}" '
        f'text-anchor="middle">{text}</text>'
    )
    if ink.unit:
        marks.append(label(x, y + size * 0.36 + 15, ink.unit, "q s", anchor="middle"))
    left = 2 * radius + _GAP
    height = min(len(parts) * 20.0, room.height)
    marks += listed(parts, left, (room.height - height) / 2, Room(room.width - left, room.height), ink.unit)
    return Drawing(tuple(marks), shares_table(parts, ink.unit))


def _ring(parts: tuple[Share, ...], x: float, y: float, radius: float) -> list[str]:
    marks: list[str] = []
    start = 0.0
    for one in parts:
        end = start + one.share
        if one.share > 0:
            says = f"<title>{safe(f'{one.name}: {one.share * 100:.3g} %')}</title>"
            marks.append(
                f'<path class="s{colour(one.colour)}" d="{_slice(x, y, radius, start, end)}" fill-rule="evenodd">'
                f"{says}</path>"
            )
        start = end
    return marks


def _slice(x: float, y: float, radius: float, start: float, end: float) -> str:
    """Return the path of a piece of the ring; shares go round clockwise from the top."""
    inner = radius * _HOLE
    if end - start > 0.9999:
        return "".join(
            f"M{x:g} {y - r:g}A{r:g} {r:g} 0 1 1 {x:g} {y + r:g}A{r:g} {r:g} 0 1 1 {x:g} {y - r:g}Z"
            for r in (radius, inner)
        )
    large = int(end - start > 0.5)
    (x1, y1), (x2, y2) = _at(x, y, radius, start), _at(x, y, radius, end)
    (x3, y3), (x4, y4) = _at(x, y, inner, end), _at(x, y, inner, start)
    return (
        f"M{x1} {y1}A{radius:g} {radius:g} 0 {large} 1 {x2} {y2}L{x3} {y3}A{inner:g} {inner:g} 0 {large} 0 {x4} {y4}Z"
    )


def _at(x: float, y: float, radius: float, share: float) -> tuple[str, str]:
    angle = share * 2 * math.pi
    return f"{x + radius * math.sin(angle):.1f}", f"{y - radius * math.cos(angle):.1f}"
