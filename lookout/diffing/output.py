"""Prints a diff in the form that was asked for, or writes it to a file."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from lookout.errors import CouldNotRun
from lookout.output import is_watched
from lookout.whole_files import put

if TYPE_CHECKING:
    from monitors.review.changes import Diff
    from monitors.review.context import Context
    from monitors.review.formats.text import Style

Format = Literal["text", "json", "md", "html"]
FORMATS: Final[tuple[Format, ...]] = ("text", "json", "md", "html")
_STYLES: Final[Mapping[Style, Mapping[str, Any]]] = {
    "dangerous": {"fg": "red", "bold": True},
    "careful": {"fg": "yellow", "bold": True},
    "small": {"fg": "cyan", "bold": True},
    "harmless": {"bold": True},
    "strong": {"bold": True},
    "aside": {"dim": True},
}


def chosen_format(form: str | None, as_json: bool) -> str:
    """Return the form that `--format` and `--json` ask for. Raises `CouldNotRun` when they ask for two."""
    if as_json and form not in (None, "json"):
        raise CouldNotRun(f"--json and --format {form} ask for two forms.", "Leave one of them out.")
    return "json" if as_json else form or "text"


def write(
    diff: Diff, form: str, out: Path | None, contexts: Sequence[Context] = (), data_name: str | None = None
) -> None:
    """Print a diff, or write it to `out`; a page has pictures of what differs in the dashboards of `contexts`.

    Raises `CouldNotRun` when the file cannot be written.
    """
    text = _text(diff, form, contexts, data_name, is_shown=out is None)
    encodable = text.encode(errors="replace").decode()  # half a surrogate pair, which Python's texts can hold
    if out is None:
        click.echo(encodable, color=is_watched(sys.stdout), nl=False)
        return
    is_file = out.is_file() or not out.exists()  # a link is followed; a pipe or a device has no other place
    try:
        put(out.resolve() if is_file else out, encodable)
    except OSError as fault:
        raise CouldNotRun(f"{out} cannot be written: {fault.strerror or fault}.", "Name another file.") from fault


def _text(diff: Diff, form: str, contexts: Sequence[Context], data_name: str | None, *, is_shown: bool) -> str:
    if form == "json":
        from monitors.review.formats.document import document

        return json.dumps(document(diff), indent=2, ensure_ascii=False) + "\n"
    if form == "md":
        from monitors.review.formats.markdown import comment

        return comment(diff)
    if form == "html":
        from lookout.diffing.pictures import pictures
        from monitors.review.formats.page import page

        return page(diff, pictures(contexts, data_name))
    from monitors.review.formats.text import lines, unpainted

    watched = is_shown and is_watched(sys.stdout)
    width = shutil.get_terminal_size().columns if watched else None
    return "\n".join(lines(diff, width=width, paint=_painted if watched else unpainted)) + "\n"


def _painted(text: str, style: Style) -> str:
    return click.style(text, **_STYLES[style])
