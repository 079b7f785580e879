"""A page of a dashboard as one SVG: its header, and its widgets on the grid."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from monitors.pictures import choices
from monitors.pictures.drawing import box, label
from monitors.pictures.source import Source
from monitors.pictures.text import fitted, width
from monitors.pictures.theme import Theme, style
from monitors.pictures.widgets import COLUMN, GAP, HEAD, MARGIN, PAD, ROW, WIDTH, DrawnPage, DrawnWidget, size_of
from monitors.standalone import safe

HEADER_HEIGHT: Final = 84
MARK: Final = "Drawn by lookout render"
MADE_UP: Final = "Made-up sample data: nobody measured it."


def picture(page: DrawnPage, source: Source, theme: Theme = "auto", *, marked: Collection[int] = ()) -> str:
    """Return the page as SVG, which loads nothing; `auto` follows the reader's choice of light or dark.

    Widgets that are `marked`, by their places in the page, get a coloured frame.
    """
    rows = max((one.place.row + one.place.height - 1 for one in page.widgets), default=1)
    height = round(HEADER_HEIGHT + rows * (ROW + GAP) - GAP + MARGIN)
    marks = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="nr" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{safe(_described(page, source))}">',
        f"<!-- {MARK} --><style>{style(theme)}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
        *_header(page, source),
        *(_widget(one, place in marked) for place, one in enumerate(page.widgets)),
        "</svg>",
    ]
    return "\n".join(filter(None, marks)) + "\n"


def told_time(source: Source) -> str:
    """Return when now is, on which clocks, and what is shown."""
    local = datetime.fromtimestamp(source.now_seconds, source.zone)
    return f"{source.name}, as of {local:%a} {local.day} {local:%b %Y %H:%M} ({source.time_zone})"


def _described(page: DrawnPage, source: Source) -> str:
    titles = "; ".join(one.widget.title or "a text" for one in page.widgets)
    made_up = f" {MADE_UP}" if source.made_up else ""
    return f"Dashboard {page.title}. {told_time(source)}.{made_up} Widgets: {titles}."


def _header(page: DrawnPage, source: Source) -> Iterator[str]:
    yield label(MARGIN, 38, page.title, "h", room=WIDTH - 2 * MARGIN - 420, size=22)
    chosen = "".join(f" · {title}: {value}" for title, value in choices.told(page.dashboard))
    yield label(MARGIN, 62, fitted(f"{told_time(source)}{chosen}", WIDTH - 2 * MARGIN - 420, 12), "q")
    if source.made_up:
        wide = round(width(MADE_UP, 13, bold=True)) + 24
        left = WIDTH - MARGIN - wide
        yield box(left, 22, wide, 30, "note", round_by=15)
        yield label(left + wide / 2, 42, MADE_UP, "b", anchor="middle")


def _widget(one: DrawnWidget, is_marked: bool) -> str:
    x = round(MARGIN + (one.place.column - 1) * (COLUMN + GAP), 1)
    y = HEADER_HEIGHT + (one.place.row - 1) * (ROW + GAP)
    wide, tall = size_of(one.place)
    inner = round(wide - 2 * PAD, 1)
    marks = [box(0, 0, wide, tall, "box", round_by=4)]
    top = PAD
    if one.widget.title:
        top = HEAD
        marks.append(label(PAD, 23, one.widget.title, "t", room=inner, size=14))
        marks.append(label(PAD, 39, one.range_told, "q s", room=inner, size=11))
    drawn = "".join(one.drawing.marks)
    # An inner svg cuts off what a widget of one row has no room for, as New Relic does.
    size = f'x="{PAD}" y="{top}" width="{one.room.width:g}" height="{one.room.height:g}"'
    marks.append(f'<svg {size} overflow="hidden">{drawn}</svg>')
    if is_marked:
        marks.append(box(0, 0, wide, tall, "mark", round_by=4))
    return f'<g transform="translate({x:g} {y:g})">{"".join(marks)}</g>'
