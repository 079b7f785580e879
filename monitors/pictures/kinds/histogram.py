"""Histograms: how many values there are in each stretch of values."""

from __future__ import annotations

from monitors.pictures.drawing import Drawing, Ink, Refused, Room, box, label
from monitors.pictures.kinds.buckets import buckets_of, counts_of
from monitors.pictures.scales import Scale, value_marks
from monitors.pictures.tables import Table
from monitors.pictures.text import width
from monitors.pictures.units import axis, exact
from monitors.spec import ChartWidget

_BOTTOM, _TOP, _RIGHT, _LEAST = 22, 8, 8, 6


def draw(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return the chart."""
    answer = ink.answers.given[0]
    buckets = buckets_of(answer.query, "histogram")
    rows = counts_of(answer, ink.zone)
    if len(rows) > 1:
        raise Refused(f"A histogram shows one row of counts, and the query gives {len(rows)}; a heatmap shows several.")
    counts = rows[0].counts
    bottom = max(room.height - _BOTTOM, _TOP + _LEAST)
    values = value_marks(0, max(*counts, 1), max(2, int((bottom - _TOP) / 38) + 1))
    texts = axis(values, "")
    left = max(width(text, 11) for text in texts) + 8
    y = Scale(values[0], values[-1], bottom, _TOP)
    x = Scale(buckets.start, buckets.end, left, room.width - _RIGHT)
    marks: list[str] = []
    for value, text in zip(values, texts, strict=True):
        marks.append(f'<path class="{"grid" if value else "axis"}" d="M{left:g} {y.at(value):g}H{x.end:g}"/>')
        marks.append(label(left - 6, y.at(value) + 4, text, "q s", anchor="end"))
    step = (x.end - x.start) / buckets.count
    for place, count in enumerate(counts):
        says = f"{buckets.told(place, ink.unit)}: {exact(count)}"
        marks.append(box(x.start + place * step, y.at(count), step - 1, bottom - y.at(count), "s0", title=says))
    marks += value_axis(x, bottom, ink.unit)
    table = Table(
        ("Values", "Count"),
        tuple((buckets.told(place, ink.unit), exact(count)) for place, count in enumerate(counts)),
        frozenset({1}),
    )
    return Drawing(tuple(marks), table)


def value_axis(x: Scale, bottom: float, unit: str) -> list[str]:
    """Return the marks of an axis of values along the bottom."""
    most = max(2, int((x.end - x.start) / 70))
    values = tuple(value for value in value_marks(x.low, x.high, most) if x.low <= value <= x.high)
    marks: list[str] = []
    for value, text in zip(values, axis(values, unit), strict=True):
        at = x.at(value)
        where = "start" if at - x.start < 4 else "end" if x.end - at < 30 else "middle"
        marks.append(f'<path class="axis" d="M{at:g} {bottom:g}v4"/>')
        marks.append(label(at, bottom + 17, text, "q s", anchor=where))
    return marks
