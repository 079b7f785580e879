"""Writes the calendar as files: a page, a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lookout.errors import CouldNotRun
from lookout.whole_files import put

if TYPE_CHECKING:
    from lookout.who.calendar.asking import Answer


def check(html: Path | None, svg: Path | None) -> None:
    """Refuse files that cannot both be written. Raises `CouldNotRun`."""
    if html is not None and svg is not None and html.resolve() == svg.resolve():
        raise CouldNotRun(f"--html and --svg both name {html}, which holds one of them.", "Name two files.")


def write(answer: Answer, html: Path | None, svg: Path | None) -> list[str]:
    """Write what was asked for, and return a line for each file. Raises `CouldNotRun` where one cannot be written."""
    from lookout.who.calendar import page, picture

    told: list[str] = []
    for path, draw in ((html, page.page), (svg, picture.svg)):
        if path is None:
            continue
        try:
            put(path, draw(answer))
        except OSError as error:
            raise CouldNotRun(f"{path} cannot be written: {error.strerror or error}.", "Name another file.") from error
        told.append(f"Calendar: {path}")
    return told
