"""What shares of a whole are drawn from, and the single stacked bar of a query without TIMESERIES."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitors.pictures.drawing import LINE, Drawing, Ink, Refused, Room, box, colour, label
from monitors.pictures.series import figures
from monitors.pictures.tables import Table
from monitors.pictures.text import width
from monitors.pictures.units import exact, figure

_BAR = 36


@dataclass(frozen=True)
class Share:
    """A part of a whole, with its share of it from 0 to 1."""

    name: str
    value: float
    share: float
    colour: int


def shares(ink: Ink, kind: str) -> tuple[Share, ...]:
    """Return the parts of a whole. Raises `Refused` where one is below 0: it is no part."""
    found = [one for one in figures(ink.answers, kind) if one.value is not None]
    if any((one.value or 0.0) < 0 for one in found):
        raise Refused(f"A {kind} shows parts of a whole, and one of the values is below 0.")
    total = sum(one.value or 0.0 for one in found)
    return tuple(
        Share(one.name, one.value or 0.0, (one.value or 0.0) / total if total else 0.0, number)
        for number, one in enumerate(found)
    )


def shares_table(parts: Sequence[Share], unit: str) -> Table:
    """Return the parts with their values and shares."""
    rows = tuple((one.name, exact(one.value, unit), f"{one.share:.1%}".replace("%", " %")) for one in parts)
    return Table(("Part", "Value", "Share"), rows, frozenset({1, 2}))


def listed(parts: Sequence[Share], x: float, y: float, room: Room, unit: str) -> list[str]:
    """Return the parts as a list: a spot of colour, the name, the value and the share."""
    marks: list[str] = []
    fits = max(1, int(room.height // (LINE + 4)))
    shown = parts if len(parts) <= fits else parts[: fits - 1]
    for number, one in enumerate(shown):
        line = y + number * (LINE + 4)
        value = f"{figure(one.value, unit)} · {one.share * 100:.3g} %"
        wide = width(value, 12)
        marks.append(box(x, line + 2, 10, 10, f"s{colour(one.colour)}", round_by=2))
        marks.append(label(x + 16, line + 11, one.name, room=max(room.width - 24 - wide, 20)))
        marks.append(label(x + room.width, line + 11, value, "q", anchor="end"))
    if len(shown) < len(parts):
        marks.append(label(x + 16, y + len(shown) * (LINE + 4) + 11, f"+ {len(parts) - len(shown)} more", "q"))
    return marks


def draw_one_bar(ink: Ink, room: Room) -> Drawing:
    """Return one bar of all parts, with a list of them below."""
    parts = shares(ink, "stacked bar")
    marks, x = [], 0.0
    for one in parts:
        wide = one.share * room.width
        marks.append(
            box(x, 4, wide, _BAR, f"s{colour(one.colour)}", title=f"{one.name}: {figure(one.value, ink.unit)}")
        )
        x += wide
    marks += listed(parts, 0, _BAR + 16, Room(room.width, room.height - _BAR - 16), ink.unit)
    return Drawing(tuple(marks), shares_table(parts, ink.unit))
