"""Windows over points: which there are, and their values from partial results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from monitors.nrql.evaluator.facets import Facet
from monitors.nrql.evaluator.primitives import Part

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
_REDUCE: Final = {"rows": np.add, "present": np.add, "sum": np.add, "min": np.fmin, "max": np.fmax}
_MOST_ROWS_AT_ONCE: Final = 4_000_000


@dataclass(frozen=True)
class SignalWindows:
    """Windows with their values, by facet and then by end; NaN is NULL.

    Facet f has the windows `offsets[f]` to `offsets[f + 1]`. A window that ends at E holds the points from E less its
    length up to, but not at, E; a window without points does not exist. `point_times`, from `point_offsets[f]` to
    `point_offsets[f + 1]`, says when the points of facet f are stamped, ascending.
    """

    facets: tuple[Facet, ...]
    offsets: Integers
    ends: Integers
    values: Floats
    point_offsets: Integers
    point_times: Floats


@dataclass(frozen=True)
class Groups:
    """Points in the order of facet and time, cut into slides, and the windows that hold any.

    `order` puts points into that order, None where they already are in it. `slides` is where in it each slide that has
    points begins, with the end of all at last. Window w holds the slides `first[w]` to, but not with, `last[w]`; both
    are None where each slide is a window of its own.
    """

    facets: tuple[Facet, ...]
    order: Integers | None
    times: Floats
    point_offsets: Integers
    slides: Integers
    first: Integers | None
    last: Integers | None
    offsets: Integers
    ends: Integers

    def windows(self, values: Floats) -> SignalWindows:
        """Return the windows with their values."""
        return SignalWindows(self.facets, self.offsets, self.ends, values, self.point_offsets, self.times)

    def sorted(self, column: NDArray[Any]) -> NDArray[Any]:
        """Return a column of the points in the order of facet and time."""
        return column if self.order is None else column[self.order]


def grouped(
    facets: tuple[Facet, ...], columns: Mapping[str, NDArray[Any]], window_seconds: int, slide_seconds: int
) -> Groups:
    """Return the windows that the points of `columns` (their `facet` and `time`) fall into."""
    codes, times = columns["facet"], columns["time"]
    order = _order(codes, times, len(facets))
    if order is not None:
        codes, times = codes[order], times[order]
    numbers = slide_of(times, slide_seconds)
    starts = _starts(codes, numbers)
    point_offsets = np.searchsorted(codes, np.arange(len(facets) + 1))
    numbers, codes = numbers[starts], codes[starts]
    first, last, ends, owners = _spans(codes, numbers, window_seconds // slide_seconds)
    offsets = np.searchsorted(owners, np.arange(len(facets) + 1))
    return Groups(
        facets,
        order,
        times,
        point_offsets,
        np.append(starts, len(times)),
        first,
        last,
        offsets,
        (ends + 1) * slide_seconds,
    )


def slide_of(times: Floats, slide_seconds: int) -> Integers:
    """Return the number, from 1970, of the slide that each time is in; exact, and quicker than `floor_divide`."""
    numbers = (times / slide_seconds).astype(np.int64)
    numbers -= times < numbers * slide_seconds
    return numbers


def by_parts(groups: Groups, parts: Sequence[Part], columns: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Return each part's result for every window, by the names `p0`, `p1` and so on."""
    columns = {part.column: groups.sorted(columns[part.column]) for part in parts if part.column}
    return {f"p{at}": _over_windows(part, columns, groups) for at, part in enumerate(parts)}


def expanded(groups: Groups, rows: Integers) -> Iterator[tuple[int, Integers, Integers]]:
    """Yield the rows of windows, a bounded number at a time: the first window, then for each row its window and number.

    A row is in as many windows as overlap at its time.
    """
    rows = groups.sorted(rows)
    begins = groups.slides[:-1] if groups.first is None else groups.slides[groups.first]
    finishes = groups.slides[1:] if groups.last is None else groups.slides[groups.last]
    sizes = finishes - begins
    totals = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = int(totals[first - 1]) if first else 0
        until = max(first + 1, int(np.searchsorted(totals, before + _MOST_ROWS_AT_ONCE, side="right")))
        counts = sizes[first:until]
        windows = np.repeat(np.arange(first, until), counts)
        inside = np.arange(len(windows)) - np.repeat(np.cumsum(counts) - counts, counts)
        yield first, windows, rows[np.repeat(begins[first:until], counts) + inside]
        first = until


def _order(codes: NDArray[np.int32], times: Floats, facets: int) -> Integers | None:
    """Return what sorts points by facet and time and keeps the order of equals, None where they are sorted."""
    order: Integers | None = None
    if not _ascending(times):
        order = np.argsort(times, kind="stable")
        codes = codes[order]
    if not _ascending(codes):
        # numpy sorts 16-bit integers by radix, which is many times as fast.
        by_facet = np.argsort(codes.astype(np.uint16) if facets <= 1 << 16 else codes, kind="stable")
        order = by_facet if order is None else order[by_facet]
    return order


def _ascending(values: NDArray[Any]) -> bool:
    return bool((values[1:] >= values[:-1]).all())


def _starts(codes: NDArray[Any], slides: Integers) -> Integers:
    """Return where a slide begins whose facet or number is not that of the point before."""
    if not len(slides):
        return np.empty(0, np.int64)
    new = np.empty(len(slides), dtype=bool)
    new[0] = True
    np.not_equal(slides[1:], slides[:-1], out=new[1:])
    new[1:] |= codes[1:] != codes[:-1]
    return np.flatnonzero(new)


def _spans(
    codes: NDArray[Any], slides: Integers, per_window: int
) -> tuple[Integers | None, Integers | None, Integers, NDArray[Any]]:
    """Return for every window its first slide, the one after its last, the number of the slide it ends with, its facet.

    A slide that has points is the last one of the windows that end with it, up to the next such slide of its facet.
    """
    count = len(slides)
    if per_window == 1 or not count:
        return None, None, slides, codes
    gap = np.full(count, per_window)
    same = codes[1:] == codes[:-1]
    gap[:-1] = np.where(same, np.minimum(np.diff(slides), per_window), per_window)
    latest = np.repeat(np.arange(count), gap)
    ends = slides[latest] + np.arange(len(latest)) - np.repeat(np.cumsum(gap) - gap, gap)
    owners = codes[latest]
    least, width = int(slides.min()), int(slides.max() - slides.min()) + per_window + 1
    keys = codes.astype(np.int64) * width + (slides - least)
    # A window's first slide may come before the first of all: it must not reach into the facet before.
    wanted = owners.astype(np.int64) * width + np.maximum(ends - per_window + 1 - least, 0)
    return np.searchsorted(keys, wanted), latest + 1, ends, owners


def _over_windows(part: Part, columns: Mapping[str, NDArray[Any]], groups: Groups) -> Floats:
    """Return a part's result for every window: over the points of each slide, then over the slides of each window."""
    reduce: np.ufunc = _REDUCE[part.operation]
    if part.operation == "rows" or (part.operation == "present" and not np.ma.is_masked(columns[part.column])):
        values = np.diff(groups.slides).astype(np.float64)
    else:
        values = _of_rows(part, columns[part.column])
        if len(groups.slides) <= len(values):  # else every point is alone in its slide
            values = reduce.reduceat(values, groups.slides[:-1])
    if groups.first is None or groups.last is None:
        return values
    pairs = np.empty(2 * len(groups.first), np.int64)
    pairs[0::2], pairs[1::2] = groups.first, groups.last
    # The value at the end is never part of a window: reduceat needs every index to be one of an element.
    found: Floats = reduce.reduceat(np.append(values, 0.0), pairs)[0::2]
    return found


def _of_rows(part: Part, column: NDArray[Any]) -> Floats:
    if part.operation == "present":
        present: Floats = (~np.ma.getmaskarray(column)).astype(np.float64)
        return present
    return np.ma.filled(column, 0 if part.operation == "sum" else np.nan).astype(np.float64, copy=False)
