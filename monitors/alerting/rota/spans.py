"""Times from a moment to before another: what they cover together, and what two sets have in common."""

from __future__ import annotations

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
    found: list[Span] = []
    first = second = 0
    while first < len(one) and second < len(other):
        start = max(one[first][0], other[second][0])
        end = min(one[first][1], other[second][1])
        if start < end:
            found.append((start, end))
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
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


def total(spans: Iterable[Span]) -> timedelta:
    """Return how long some spans are together."""
    return sum((end - start for start, end in spans), timedelta(0))
