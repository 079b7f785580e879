"""Which files are written where: only those that are named, whole or not at all, and never over somebody's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lookout import whole_files
from lookout.errors import CouldNotRun
from lookout.rendering.png import is_ours

if TYPE_CHECKING:
    from lookout.rendering.question import Format
    from monitors.spec import Dashboard

MARK: Final = "Drawn by lookout render"
INDEX: Final = "index.html"
_LOOKED_AT: Final = 4096  # where the mark stands in a page or a picture of ours
_NEXT_STEP: Final = "Name another --out."
_NOT_A_NAME: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Target:
    """A file to write: a whole dashboard, or one page of it by its place."""

    path: Path
    dashboard: Dashboard
    page: int | None


def targets(dashboards: Sequence[Dashboard], out: Path, form: Format) -> tuple[Target, ...]:
    """Return the files of some dashboards: one each as HTML, one for each page as a picture."""
    if form == "html":
        return tuple(Target(out / f"{one.key}.html", one, None) for one in dashboards)
    return tuple(
        Target(out / f"{one.key}{_suffix(one, place)}.{form}", one, place)
        for one in dashboards
        for place in range(len(one.pages))
    )


def check(paths: Sequence[Path], out: Path, data: Path | None) -> None:
    """Refuse a folder that cannot be written to, and files that are not of this verb. Raises `CouldNotRun`."""
    if out.exists() and not out.is_dir():
        raise CouldNotRun(f"--out {out} is a file.", "Name a folder; it is made where it is missing.")
    if data is not None and data.is_dir() and out.resolve() == data.resolve():
        raise CouldNotRun(f"--out {out} is the folder of the recorded data.", "Name another folder.")
    for path in paths:
        if path.exists() and not _written_here(path):
            raise CouldNotRun(
                f"{path} exists and was not written by `lookout render`.", "Move it away, or name another --out."
            )


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in a folder that is made where it is missing. Raises `CouldNotRun`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CouldNotRun(f"{path} cannot be written: {error.strerror or error}.", _NEXT_STEP) from error
    whole_files.write(path, content, _NEXT_STEP)


def _suffix(dashboard: Dashboard, place: int) -> str:
    """Return what tells a page's file from the others of its dashboard: the page's name in letters of a file name."""
    if len(dashboard.pages) == 1:
        return ""
    names = [_NOT_A_NAME.sub("-", page.name.lower()).strip("-") for page in dashboard.pages]
    name = names[place] if names.count(names[place]) == 1 and names[place] else str(place + 1)
    return f"-{name}"


def _written_here(path: Path) -> bool:
    if not path.is_file():
        return False
    if path.suffix == ".png":
        return is_ours(path)
    with path.open("rb") as file:
        return MARK.encode() in file.read(_LOOKED_AT)
