"""A line that says which dashboard is drawn: only where someone watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lookout.output import console, is_watched
from lookout.rendering.run import Progress


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a function that is told what is drawn next, how much is done and how much there is."""
    if not is_watched(sys.stderr):
        yield lambda name, done, count: None
        return
    with console(to_stderr=True).status("reading the data") as line:
        yield lambda name, done, count: line.update(f"drawing {name} ({done + 1} of {count})")
