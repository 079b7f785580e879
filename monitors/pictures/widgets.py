"""A page of a dashboard, drawn: every widget with its place, its marks and the numbers behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitors.pictures import kinds
from monitors.pictures.answers import Answers, Evaluation
from monitors.pictures.drawing import LINE, NO_DATA, Drawing, Ink, Refused, Room, label
from monitors.pictures.text import wrapped
from monitors.pictures.units import unit_of
from monitors.spec import Dashboard, MarkdownWidget, Page, Place, Widget

WIDTH: Final = 1440
MARGIN, GAP, ROW = 24, 12, 80
COLUMN: Final = (WIDTH - 2 * MARGIN - 11 * GAP) / 12
PAD, HEAD = 16, 48  # within a widget: beside what is drawn, and above it for the title and the time


@dataclass(frozen=True)
class DrawnWidget:
    """A widget with its drawing and the time it shows, in words; `room` is the size of the drawing."""

    widget: Widget
    drawing: Drawing
    room: Room
    range_told: str

    @property
    def place(self) -> Place:
        """Where it stands on the grid."""
        return self.widget.place


@dataclass(frozen=True)
class DrawnPage:
    """A page, its widgets from top to bottom and from left to right."""

    dashboard: Dashboard
    page: Page
    widgets: tuple[DrawnWidget, ...]

    @property
    def title(self) -> str:
        """What the page is called where it stands alone: a dashboard's only page has the dashboard's name."""
        if len(self.dashboard.pages) == 1:
            return self.dashboard.name
        return f"{self.dashboard.name} / {self.page.name}"


def drawn(dashboard: Dashboard, page: Page, evaluation: Evaluation) -> DrawnPage:
    """Return a page with every widget drawn; one that cannot be says why in its box."""
    return DrawnPage(dashboard, page, tuple(_drawn(one, dashboard, evaluation) for one in page.widgets_in_order))


def size_of(place: Place) -> tuple[float, float]:
    """Return a widget's width and height in a picture."""
    return place.width * COLUMN + (place.width - 1) * GAP, place.height * ROW + (place.height - 1) * GAP


def _drawn(widget: Widget, dashboard: Dashboard, evaluation: Evaluation) -> DrawnWidget:
    wide, tall = size_of(widget.place)
    has_head = not isinstance(widget, MarkdownWidget) or bool(widget.title)
    room = Room(round(wide - 2 * PAD, 1), round(tall - PAD - (HEAD if has_head else PAD), 1))
    answers = evaluation.answers(widget, dashboard)
    told = dict.fromkeys(one.range_told for one in answers.given)
    return DrawnWidget(widget, _drawing(widget, answers, evaluation, room), room, "; ".join(told))


def _drawing(widget: Widget, answers: Answers, evaluation: Evaluation, room: Room) -> Drawing:
    if answers.fault:
        return _says("refused", "Cannot be drawn", answers.fault, room)
    if answers.given and answers.is_empty:
        return _says("empty", NO_DATA, _why_empty(answers, evaluation), room)
    try:
        drawing = kinds.draw(widget, Ink(answers, unit_of(widget).name, evaluation.source.zone), room)
    except Refused as reason:
        return _says("refused", "Cannot be drawn", str(reason), room)
    if drawing.state == "empty":
        return _says("empty", NO_DATA, _why_empty(answers, evaluation), room)
    return drawing


def _why_empty(answers: Answers, evaluation: Evaluation) -> str:
    """Return what is missing where the data has none of an event type; New Relic says nothing of it."""
    if not answers.lacks:
        return ""
    whose = "The made-up sample" if evaluation.source.made_up else evaluation.source.name
    return f"{whose} has no {' and no '.join(answers.lacks)}."


def _says(state: str, headline: str, reason: str, room: Room) -> Drawing:
    return Drawing(
        tuple(_centred(headline, reason, room)),
        state="refused" if state == "refused" else "empty",
        says=f"{headline}. {reason}".strip() if reason else f"{headline}.",
    )


def _centred(headline: str, reason: str, room: Room) -> Iterator[str]:
    lines: Sequence[str] = wrapped(reason, room.width - 16, 12, max(1, int(room.height // LINE) - 2)) if reason else ()
    y = room.height / 2 - len(lines) * LINE / 2
    yield label(room.width / 2, y, headline, "q b", anchor="middle")
    for number, line in enumerate(lines, start=1):
        yield label(room.width / 2, y + number * (LINE + 1) + 2, line, "q", anchor="middle")
