"""What every kind of widget draws with: its room, its answers, and the marks it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from monitors.pictures.answers import Answers
from monitors.pictures.tables import NO_TABLE, Table
from monitors.pictures.text import fitted
from monitors.pictures.theme import SERIES
from monitors.standalone import safe

State = Literal["drawn", "empty", "refused"]
NO_DATA: Final = "No chart data available"
LINE: Final = 16  # the height of a line of text


@dataclass(frozen=True)
class Room:
    """The size of what a widget may draw on, below its title."""

    width: float
    height: float


@dataclass(frozen=True)
class Ink:
    """What a widget is drawn from: its answers, the unit of its figures, and whose clocks times are told on."""

    answers: Answers
    unit: str
    zone: ZoneInfo


@dataclass(frozen=True)
class Drawing:
    """The marks of a widget as SVG, the numbers behind them, and whether there was anything to draw."""

    marks: tuple[str, ...]
    table: Table = NO_TABLE
    state: State = "drawn"
    says: str = ""


class Refused(ValueError):
    """A widget cannot be drawn from what its queries give; the message says why in a sentence."""


def colour(number: int) -> int:
    """Return the number of the colour of a series; they begin anew where there are more series than colours."""
    return number % SERIES


def label(
    x: float, y: float, text: str, kind: str = "", *, anchor: str = "", room: float | None = None, size: float = 12
) -> str:
    """Return a line of text; `room` cuts it, `kind` are classes of the style sheet."""
    shown = text if room is None else fitted(text, room, size, bold="b" in kind.split() or "t" in kind.split())
    classes = f' class="{kind}"' if kind else ""
    where = f' text-anchor="{anchor}"' if anchor else ""
    title = f"<title>{safe(text)}</title>" if shown != text else ""
    return f'<text x="{x:g}" y="{y:g}"{classes}{where}>{title}{safe(shown)}</text>'


def box(x: float, y: float, width: float, height: float, kind: str, *, round_by: float = 0, title: str = "") -> str:
    """Return a rectangle; nothing is drawn that has no size."""
    if width <= 0 or height <= 0:
        return ""
    corners = f' rx="{round_by:g}"' if round_by else ""
    size = f'x="{x:g}" y="{y:g}" width="{round(width, 2):g}" height="{round(height, 2):g}"'
    if not title:
        return f'<rect class="{kind}" {size}{corners}/>'
    return f'<rect class="{kind}" {size}{corners}><title>{safe(title)}</title></rect>'
