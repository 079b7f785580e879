"""How verbs print: data as JSON where asked for, else text that is plain wherever no person watches."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """Give a verb `--json`; its function receives `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="Print the data as JSON, for programs.")(command)


def print_json(value: object) -> None:
    """Print one JSON document on standard output, keys in the order given. Raises `TypeError` for what JSON lacks."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def is_watched(stream: TextIO) -> bool:
    """Say whether a person watches `stream`, so that colour and redrawn lines are of use.

    Not in CI, not in a pipe or a file, not on a dumb terminal, and not where NO_COLOR (https://no-color.org) is set.
    """
    refused = os.environ.get("CI") or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not refused


def printable(text: str) -> str:
    """Return one line with a dot for whatever is not printable: specs and files could otherwise steer the terminal."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "." for one in text)


def console(*, to_stderr: bool = False) -> Console:
    """Return a rich console for one of the standard streams, plain where no person watches it.

    Highlighting is off: colour says what the verb meant it to say, and nothing else. Output that is not watched is not
    wrapped, so that a line is a line for `grep`.
    """
    from rich.console import Console

    stream = sys.stderr if to_stderr else sys.stdout
    if is_watched(stream):
        return Console(file=stream, highlight=False)
    return Console(file=stream, highlight=False, color_system=None, force_terminal=False, width=10_000, soft_wrap=True)
