"""Draws what was asked for and writes it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lookout.errors import CouldNotRun
from lookout.rendering import png, sources
from lookout.rendering.question import Question, chosen, moment
from lookout.rendering.targets import INDEX, check, targets, write

if TYPE_CHECKING:
    from monitors.pictures.source import Source
    from monitors.pictures.widgets import DrawnPage
    from monitors.spec import Dashboard

Progress = Callable[[str, int, int], None]
_SIZE: Final = re.compile(r' width="(\d+)" height="(\d+)"')


@dataclass(frozen=True)
class Rendered:
    """A dashboard as it was drawn, with its files."""

    dashboard: Dashboard
    pages: tuple[DrawnPage, ...]
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Rendering:
    """Everything that was drawn; `index` leads to all of it, None where pictures were asked for."""

    stack: str
    source: Source
    rendered: tuple[Rendered, ...]
    index: Path | None
    seconds: float

    @property
    def refused(self) -> int:
        """How many widgets could not be drawn."""
        return sum(
            widget.drawing.state == "refused" for one in self.rendered for page in one.pages for widget in page.widgets
        )


def render(question: Question, told: Progress) -> Rendering:
    """Draw and write; `told` is given what is drawn next, how much is done and how much there is.

    Raises `CouldNotRun`.
    """
    started = time.monotonic()
    from monitors import catalog
    from monitors.backtest.hours import hours_of
    from monitors.pictures.answers import Evaluation
    from monitors.pictures.widgets import drawn

    stack = catalog.stack(question.stack)
    dashboards = chosen(stack, question.dashboards)
    files = targets(dashboards, question.out, question.format)
    index = question.out / INDEX if question.format == "html" else None
    check([*(one.path for one in files), *([index] if index else [])], question.out, question.data)
    if question.format == "png":
        png.browser()
    now = moment(question.now, hours_of(stack).zone)
    source = sources.sample(stack, now) if question.data is None else sources.recorded(question.data, stack, now)
    evaluation = Evaluation(source)
    rendered: list[Rendered] = []
    for place, dashboard in enumerate(dashboards):
        told(dashboard.key, place, len(dashboards))
        pages = tuple(drawn(dashboard, page, evaluation) for page in dashboard.pages)
        own = tuple(one for one in files if one.dashboard is dashboard)
        for target in own:
            write(target.path, _content(pages, target.page, source, question))
        rendered.append(Rendered(dashboard, pages, tuple(one.path for one in own)))
    if index is not None:
        write(index, _index(rendered, source, question).encode())
    return Rendering(stack.name, source, tuple(rendered), index, time.monotonic() - started)


def _content(pages: tuple[DrawnPage, ...], place: int | None, source: Source, question: Question) -> bytes:
    from monitors.pictures import html
    from monitors.pictures.picture import picture

    if place is None:
        return html.page(pages, source, question.theme).encode()
    if question.format == "svg":
        return picture(pages[place], source, question.theme).encode()
    svg = picture(pages[place], source, "light" if question.theme == "auto" else question.theme)
    size = _SIZE.search(svg)
    if size is None:
        raise CouldNotRun(f"the picture of {pages[place].title} says no size.")
    return png.photographed(svg, int(size[1]), int(size[2]))


def _index(rendered: list[Rendered], source: Source, question: Question) -> str:
    from monitors.pictures import html

    links = [(one.dashboard, one.files[0].name) for one in rendered]
    return html.index(links, source, f"Dashboards of {question.stack}", question.theme)
