"""Writes a backtest's pictures: whole or not at all, and never over the recording they were made from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from lookout.errors import CouldNotRun
from lookout.whole_files import refuse_one_for_both, write

if TYPE_CHECKING:
    from monitors.backtest.result import Backtest

_DRAWN: Final = (".html", ".htm", ".svg")


def check_targets(data: Path, html: Path | None, svg: Path | None) -> None:
    """Refuse files that a picture must not be written to. Raises `CouldNotRun`."""
    refuse_one_for_both(html, svg)
    for option, path in (("--html", html), ("--svg", svg)):
        if path is not None and _is_recording(path, data):
            raise CouldNotRun(f"{option} {path} is recorded data, which would be lost.", "Name another file.")


def write_pictures(found: Backtest, html: Path | None, svg: Path | None) -> None:
    """Draw what was asked for. Raises `CouldNotRun` for a file that cannot be written."""
    from monitors.backtest import timeline

    for path, draw in ((html, timeline.page), (svg, timeline.svg)):
        if path is not None:
            write(path, draw(found))


def _is_recording(path: Path, data: Path) -> bool:
    target, recorded = path.resolve(), data.resolve()
    if target == recorded:
        return True
    return target.exists() and recorded in target.parents and target.suffix.lower() not in _DRAWN
