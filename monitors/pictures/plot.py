"""The ground of a chart over time: both axes, their marks, the bands, and the legend below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from monitors.pictures.drawing import Room, box, label
from monitors.pictures.legend import legend
from monitors.pictures.scales import Scale, time_marks, value_marks
from monitors.pictures.series import Series
from monitors.pictures.text import width
from monitors.pictures.units import axis
from monitors.spec import Band

_BOTTOM, _RIGHT, _TOP, _LEGEND_GAP = 22, 10, 8, 8
_MARK_EVERY: Final = 38  # the least distance of two marks of the value axis
_TIME_EVERY: Final = 76
_BAND_WITHIN: Final = 2.5  # a band that begins so far above the values is drawn, so that its distance is seen
_LEGEND_FROM, _TWO_LINES_FROM = 90, 190
_LEAST: Final = 6  # the height of a plot in a widget that has no room for one


@dataclass(frozen=True)
class Plot:
    """A chart's axes, and the marks of everything that stands behind and below the series."""

    x: Scale
    y: Scale
    back: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def ground(self) -> float:
        """Where 0 is, or the end of the axis that is nearest to it."""
        return self.y.at(0.0)


def plot(
    series: Sequence[Series],
    span: tuple[float, float],
    extent: tuple[float, float],
    room: Room,
    *,
    unit: str,
    zone: ZoneInfo,
    bands: Sequence[Band] = (),
    shows_legend: bool = True,
) -> Plot:
    """Return the ground of a chart whose values reach from the lower to the higher end of `extent`."""
    shows_legend = shows_legend and room.height >= _LEGEND_FROM
    names = legend(series, room.width, 2 if room.height >= _TWO_LINES_FROM else 1) if shows_legend else None
    bottom = max(room.height - _BOTTOM - (names.height + _LEGEND_GAP if names else 0), _TOP + _LEAST)
    low, high = _extent(extent, bands)
    values = value_marks(low, high, max(2, int((bottom - _TOP) / _MARK_EVERY) + 1))
    texts = axis(values, unit)
    left = max((width(text, 11) for text in texts), default=0) + 8
    y = Scale(values[0], values[-1], bottom, _TOP)
    x = Scale(*span, left, room.width - _RIGHT)
    back = [*_bands(bands, x, y)]
    for value, text in zip(values, texts, strict=True):
        kind = "axis" if value == values[0] else "grid"
        back.append(f'<path class="{kind}" d="M{left:g} {y.at(value):g}H{x.end:g}"/>')
        back.append(label(left - 6, y.at(value) + 4, text, "q s", anchor="end"))
    for moment, text in time_marks(*span, max(2, int((x.end - left) / _TIME_EVERY)), zone):
        at = x.at(moment)
        back.append(f'<path class="axis" d="M{at:g} {bottom:g}v4"/>')
        back.append(label(at, bottom + 17, text, "q s", anchor=_anchor(at, left, x.end)))
    below = () if names is None else _moved(names.marks, left, room.height - names.height + 3)
    return Plot(x, y, tuple(back), below)


def _extent(extent: tuple[float, float], bands: Sequence[Band]) -> tuple[float, float]:
    """Return the ends of the value axis: 0, the values, and the nearest end of a band above them."""
    low, high = min(extent[0], 0.0), max(extent[1], 0.0)
    ends = sorted(end for band in bands for end in (band.above, band.below) if end is not None and end > high)
    if ends and (high == 0 or ends[0] <= high * _BAND_WITHIN):
        high = ends[0] * 1.08
    return (low, high) if high > low else (low, low + 1)


def _bands(bands: Sequence[Band], x: Scale, y: Scale) -> list[str]:
    """Return the coloured ranges, and a line where each begins."""
    marks = []
    for band in bands:
        low = y.low if band.above is None else band.above
        high = y.high if band.below is None else band.below
        if low >= y.high or high <= y.low:
            continue
        top, bottom = y.at(high), y.at(low)
        marks.append(box(x.start, top, x.end - x.start, bottom - top, f"band {band.severity}"))
        edge = band.above if band.above is not None else band.below
        if edge is not None and y.low < edge < y.high:
            marks.append(f'<path class="edge edge-{band.severity}" d="M{x.start:g} {y.at(edge):g}H{x.end:g}"/>')
    return marks


def _anchor(at: float, left: float, right: float) -> str:
    if at - left < 18:
        return "start"
    return "end" if right - at < 18 else "middle"


def _moved(marks: Sequence[str], x: float, y: float) -> tuple[str, ...]:
    return (f'<g transform="translate({x:g} {y:g})">{"".join(marks)}</g>',)
