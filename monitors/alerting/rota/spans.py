"""Times from a moment to before another: what they cover together, and what two sets have in common."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]  # UTC; the end is not part of it


def union(spans: Iterable[Span]) -> list[Span]:
    """Return what some spans cover, ascending, those that touch in one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return what two ascending sets of spans without overlaps both cover."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    found: list[Span] = []
    for start, end in few:
        if start >= end:
            continue
        index = bisect_left(many, (start, start))
        if index and many[index - 1][1] > start:
            index -= 1
        while index < len(many) and many[index][0] < end:
            begins, ends = many[index]
            found.append((begins if begins > start else start, ends if ends < end else end))
            index += 1
    return found


def without(start: datetime, end: datetime, spans: Iterable[Span]) -> list[Span]:
    """Return what some spans leave of a time."""
    left: list[Span] = []
    at = start
    for begins, ends in union(spans):
        if begins >= end:
            break
        if begins > at:
            left.append((at, begins))
        at = max(at, ends)
    return [*left, (at, end)] if at < end else left


def difference(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return what an ascending set of spans without overlaps covers and another does not."""
    left: list[Span] = []
    for start, end in one:
        at = start
        index = bisect_left(other, (start, start))
        if index and other[index - 1][1] > start:
            at = min(end, other[index - 1][1])
        while index < len(other) and other[index][0] < end:
            if other[index][0] > at:
                left.append((at, other[index][0]))
            at = min(end, other[index][1])
            index += 1
        if at < end:
            left.append((at, end))
    return left


def at_least(count: int, sets: Iterable[Sequence[Span]]) -> list[Span]:
    """Return what so many of some sets of spans cover, each set ascending and without overlaps."""
    edges = sorted((edge, step) for spans in sets for start, end in spans for edge, step in ((start, 1), (end, -1)))
    found: list[Span] = []
    covering = 0
    since: datetime | None = None
    for edge, step in edges:
        covering += step
        if since is None and covering >= count:
            since = edge
        elif since is not None and covering < count:
            found.append((since, edge))
            since = None
    return union(found)


def moved(spans: Iterable[Span], by: timedelta) -> list[Span]:
    """Return spans so much later."""
    return [(start + by, end + by) for start, end in spans]


def total(spans: Iterable[Span]) -> timedelta:
    """Return how long some spans are together."""
    return sum((end - start for start, end in spans), timedelta(0))
