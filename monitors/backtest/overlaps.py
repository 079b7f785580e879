"""Which alerts are open together: pairs that always are may be one alert, or one of them the other's cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from monitors.backtest.result import Overlap

Interval = tuple[float, float]


def overlaps(intervals: Mapping[str, Sequence[Interval]]) -> tuple[Overlap, ...]:
    """Return every pair of alerts that was open at once, from each alert's times open; those most alike first.

    Times of one alert that touch or overlap count as one: a pair is together as long as both have anything open.
    """
    merged = {key: union(times) for key, times in intervals.items()}
    open_seconds = {key: sum(end - start for start, end in times) for key, times in merged.items()}
    together: dict[tuple[str, str], list[float]] = defaultdict(list)
    running: list[tuple[float, str]] = []  # the end of each time that is open now, with its alert
    for start, end, key in sorted((start, end, key) for key, times in merged.items() for start, end in times):
        running = [(ends, other) for ends, other in running if ends > start]
        for ends, other in running:
            first, second = sorted((key, other))
            together[first, second].append(min(end, ends) - start)
        running.append((end, key))
    found = (_overlap(pair, parts, open_seconds) for pair, parts in together.items())
    return tuple(sorted(found, key=lambda one: (-one.alike_percent, -one.seconds, one.first, one.second)))


def union(times: Sequence[Interval]) -> list[Interval]:
    """Return times without those that touch or overlap, in order."""
    merged: list[Interval] = []
    for start, end in sorted(times):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def _overlap(pair: tuple[str, str], parts: Sequence[float], open_seconds: Mapping[str, float]) -> Overlap:
    seconds, (one, other) = sum(parts), (open_seconds[key] for key in pair)
    return Overlap(
        *pair,
        times=len(parts),
        seconds=seconds,
        alike_percent=round(seconds / (one + other - seconds) * 100, 1),
        share_percent=round(seconds / min(one, other) * 100, 1),
    )
