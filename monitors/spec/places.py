"""Where a spec was declared: the file and line of the nearest caller that is not the vocabulary itself."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType

import pydantic

_CHECKOUT = Path(__file__).resolve().parents[2]
_NOT_THE_AUTHOR = tuple(f"{Path(module).parent}/" for module in (__file__, pydantic.__file__))


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file; `file` is the whole path."""

    file: str
    line: int

    @property
    def path(self) -> str:
        """The file from the checkout on where it is part of it, else whole."""
        return _from_checkout(self.file)

    def __str__(self) -> str:
        """Return the short form that messages use: the file with its folder, and the line."""
        path = Path(self.file)
        return f"{path.parent.name}/{path.name}:{self.line}"


def here() -> Place:
    """Return where the running declaration stands."""
    frame: FrameType = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_NOT_THE_AUTHOR):
        frame = frame.f_back
    return Place(frame.f_code.co_filename, frame.f_lineno)


@cache
def _from_checkout(file: str) -> str:
    path = Path(file)
    return path.relative_to(_CHECKOUT).as_posix() if path.is_relative_to(_CHECKOUT) else file
