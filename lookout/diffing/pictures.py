"""Pictures for the page of a diff: the dashboard pages that look otherwise, before and after."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitors.nrql.evaluator import Data
    from monitors.review.context import Context

_MADE_UP = "a made-up week"


def pictures(contexts: Sequence[Context], name: str | None) -> tuple[tuple[str, str, str], ...]:
    """Return what each dashboard page that looks otherwise is called, and its SVG on both sides, "" where it is absent.

    They are drawn from the recorded data of the contexts, which people call `name`, else from a week that is made up
    for it, and say so. Both stacks have the same dashboards: those of prod are drawn where they differ.
    """
    differing = {
        one.after.name: one
        for one in contexts
        if one.before.observability.dashboards != one.after.observability.dashboards
    }
    context = differing.get("prod") or next(iter(differing.values()), None)
    if context is None:
        return ()
    from monitors.review.dashboards.pictures import before_and_after

    with _data(context) as data:
        called = _MADE_UP if context.data is None or name is None else name
        drawn = before_and_after(context.before, context.after, data, name=called)
    return tuple((title, before or "", after or "") for title, before, after in drawn)


@contextmanager
def _data(context: Context) -> Iterator[Data]:
    if context.data is not None:
        yield context.data
        return
    from monitors.backtest.sample import write_sample
    from monitors.nrql.evaluator import read

    with tempfile.TemporaryDirectory(prefix="lookout-week-") as folder:
        write_sample(Path(folder), context.after)
        yield read(Path(folder))
