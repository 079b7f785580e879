"""A line that says how far the checks are: only where it takes long, and only where someone watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from lookout.output import console, is_watched
from monitors.rules.runner import Progress

LONG_SECONDS: Final = 1.5


@contextmanager
def shown_progress() -> Iterator[Progress | None]:
    """Give a function that is told the steps done and all steps, or None where nobody would see the line."""
    if not is_watched(sys.stderr):
        yield None
        return
    started = time.monotonic()
    with ExitStack() as stack:
        line = None

        def told(done: int, steps: int) -> None:
            nonlocal line
            if line is None and time.monotonic() - started > LONG_SECONDS:
                line = stack.enter_context(console(to_stderr=True).status("checking"))
            if line is not None:
                line.update(f"checking: {done} of {steps} steps")

        yield told
