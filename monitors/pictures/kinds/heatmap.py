"""Heat maps: a row for each facet, or a column for each stretch of time, darker the more values there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitors.pictures.drawing import Drawing, Ink, Room, box, label
from monitors.pictures.kinds.buckets import Buckets, Counts, buckets_of, counts_of
from monitors.pictures.kinds.histogram import value_axis
from monitors.pictures.plot import plot
from monitors.pictures.scales import Scale
from monitors.pictures.series import span
from monitors.pictures.tables import Table
from monitors.pictures.text import width
from monitors.pictures.units import exact
from monitors.spec import ChartWidget

_BOTTOM, _GAP, _TALLEST, _LEAST = 44, 1.5, 44, 4
_PALEST: Final = 0.08
_KEY_STEPS: Final = 6


def draw(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return the chart."""
    answer = ink.answers.given[0]
    buckets = buckets_of(answer.query, "heatmap")
    rows = counts_of(answer, ink.zone)
    most = max((count for row in rows for count in row.counts), default=0.0)
    if answer.query.timeseries is not None and answer.query.facet is None:
        marks = _over_time(rows, buckets, most, ink, room)
    else:
        marks = _by_facet(rows, buckets, most, ink, room)
    columns = ("", *(buckets.told(place, ink.unit) for place in range(buckets.count)))
    cells = tuple((row.name, *(exact(count) for count in row.counts)) for row in rows)
    return Drawing(tuple(marks), Table(columns, cells, frozenset(range(1, len(columns)))))


def _by_facet(rows: Sequence[Counts], buckets: Buckets, most: float, ink: Ink, room: Room) -> list[str]:
    left = min(max((width(row.name, 12) for row in rows), default=0) + 10, room.width * 0.35)
    tall = min(max((room.height - _BOTTOM) / max(len(rows), 1), _LEAST), _TALLEST)
    bottom = tall * len(rows)
    x = Scale(buckets.start, buckets.end, left, room.width - 8)
    wide = (x.end - x.start) / buckets.count
    marks: list[str] = []
    for number, row in enumerate(rows):
        y = number * tall
        marks.append(label(left - 8, y + tall / 2 + 4, row.name, anchor="end", room=left - 8))
        for place, count in enumerate(row.counts):
            says = f"{row.name}, {buckets.told(place, ink.unit)}: {exact(count)}"
            marks.append(_cell(x.start + place * wide, y, wide - _GAP, tall - _GAP, count, most, says))
    marks += value_axis(x, bottom, ink.unit)
    return [*marks, *_key(x.start, bottom + 26, most)]


def _over_time(rows: Sequence[Counts], buckets: Buckets, most: float, ink: Ink, room: Room) -> list[str]:
    times = [(row.begin, row.end) for row in ink.answers.given[0].result.rows]
    ground = plot(
        (),
        span(ink.answers),
        (buckets.start, buckets.end),
        Room(room.width, room.height - 20),
        unit=ink.unit,
        zone=ink.zone,
        shows_legend=False,
    )
    marks = [*ground.back]
    for (begin, end), row in zip(times, rows, strict=True):
        left, right = ground.x.at(begin), ground.x.at(end)
        for place, count in enumerate(row.counts):
            low = ground.y.at(buckets.start + place * buckets.step)
            high = ground.y.at(buckets.start + (place + 1) * buckets.step)
            says = f"{row.name}, {buckets.told(place, ink.unit)}: {exact(count)}"
            if count:
                marks.append(_cell(left, high, right - left - 0.5, low - high - 0.5, count, most, says))
    return [*marks, *_key(ground.x.start, room.height - 12, most)]


def _cell(x: float, y: float, wide: float, tall: float, count: float, most: float, says: str) -> str:
    if not count:
        return box(round(x, 1), round(y, 1), wide, tall, "sunken")
    share = _PALEST + (1 - _PALEST) * count / most
    cell = box(round(x, 1), round(y, 1), max(wide, 0.5), max(tall, 0.5), "cell", title=says)
    return cell.replace('class="cell"', f'class="cell" fill-opacity="{share:.2f}"', 1)


def _key(x: float, y: float, most: float) -> list[str]:
    """Return what the shades mean: from none to the greatest count."""
    marks = [label(x, y + 10, "0", "q s"), box(x + 12, y, 14, 12, "sunken")]
    for step in range(1, _KEY_STEPS + 1):
        marks.append(_cell(x + 12 + step * 15, y, 14, 12, step / _KEY_STEPS * most, most or 1.0, ""))
    marks.append(label(x + 12 + (_KEY_STEPS + 1) * 15 + 4, y + 10, exact(most), "q s"))
    return marks
