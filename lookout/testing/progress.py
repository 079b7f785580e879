"""A bar that says how far a run is: only where it takes long, and only where someone watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

from lookout.output import console, is_watched

if TYPE_CHECKING:
    from rich.progress import Progress

LONG_SECONDS: Final = 1.5
Item = TypeVar("Item")


def followed(items: Iterable[Item], count: int, what: str) -> Iterator[Item]:
    """Yield the items, with a bar on standard error once it has taken long."""
    if not is_watched(sys.stderr):
        yield from items
        return
    started, bar = time.monotonic(), None
    try:
        for done, item in enumerate(items, 1):
            if bar is None and time.monotonic() - started > LONG_SECONDS:
                bar = _bar(what, count)
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            yield item
    finally:
        if bar is not None:
            bar.stop()


def _bar(what: str, count: int) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console(to_stderr=True), transient=True)
    bar.add_task(what, total=count)
    bar.start()
    return bar
