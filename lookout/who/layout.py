"""Lines of a terminal: wrapped to a width, styled for whoever watches."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from typing import Final, Literal

import click

Style = Literal["title", "page", "nobody", "doubt", "aside"]
_STYLES: Final[dict[Style, dict[str, str | bool]]] = {
    "title": {"bold": True},
    "page": {"fg": "cyan", "bold": True},
    "nobody": {"fg": "red", "bold": True},
    "doubt": {"fg": "yellow"},
    "aside": {"dim": True},
}
_LEAST, _MOST = 60, 100
_AMOUNT: Final = re.compile(r"\b(\d+) (?=(?:h|min|s|days?|levels?|alerts?)\b)")


def width() -> int:
    """Return the columns to write in: the terminal's, within reason; 100 where nothing says how many there are."""
    return max(_LEAST, min(_MOST, shutil.get_terminal_size((_MOST, 24)).columns))


def styled(text: str, style: Style | None) -> str:
    """Return a text in a style."""
    return text if style is None else click.style(text, **_STYLES[style])  # type: ignore[arg-type]  # names of click's


def wrapped(text: str, columns: int, *, first: str = "", rest: str = "", style: Style | None = None) -> Iterator[str]:
    """Yield a text in lines of so many columns; `first` and `rest` begin them and are not styled."""
    left = columns - max(len(click.unstyle(first)), len(rest))
    lines = textwrap.wrap(_AMOUNT.sub("\\1\N{NO-BREAK SPACE}", text), left, break_on_hyphens=False) or [""]
    for number, line in enumerate(lines):
        told = line.replace("\N{NO-BREAK SPACE}", " ")
        yield f"{first if number == 0 else rest}{styled(told, style)}"
