"""Writes the calendar as files: a page, a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lookout import whole_files

if TYPE_CHECKING:
    from lookout.who.calendar.asking import Answer


def write(answer: Answer, html: Path | None, svg: Path | None) -> list[str]:
    """Write what was asked for, and return a line for each file. Raises `CouldNotRun` where one cannot be written."""
    from lookout.who.calendar import page, picture

    told: list[str] = []
    for path, draw in ((html, page.page), (svg, picture.svg)):
        if path is not None:
            whole_files.write(path, draw(answer))
            told.append(f"Calendar: {path}")
    return told
