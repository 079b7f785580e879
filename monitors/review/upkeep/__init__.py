"""What edits of checks from outside, of data rules and of stated traffic change for alerts and for what is kept."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.review.changes import Change
from monitors.review.context import Context
from monitors.review.upkeep import checks, data, traffic


def changes(context: Context) -> Iterator[Change]:
    """Yield a change for each synthetic monitor, data rule and stated traffic that differs."""
    yield from checks.changes(context)
    yield from data.changes(context)
    yield from traffic.changes(context)
