"""Stacked charts: areas over time, and bars over time or, without TIMESERIES, one for each query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitors.pictures.drawing import Drawing, Ink, Room, box, colour
from monitors.pictures.kinds.lines import is_named
from monitors.pictures.kinds.shares import draw_one_bar
from monitors.pictures.plot import Plot, plot
from monitors.pictures.series import Series, over_time, series_table, span
from monitors.pictures.units import figure
from monitors.spec import ChartWidget

_GAP_SHARE = 0.2  # of a bar's width that stays empty beside it


@dataclass(frozen=True)
class _Layer:
    """Where a series stands in the stack at each of its moments: from `low` to `high`, None where all have a gap."""

    one: Series
    spans: tuple[tuple[float, float] | None, ...]


def draw_areas(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return areas on top of each other."""
    series = over_time(ink.answers, "area")
    layers = _stacked(series)
    ground = _ground(series, layers, ink, room)
    shapes = [shape for layer in layers for shape in _areas(layer, ground)]
    return Drawing((*ground.back, *shapes, *ground.below), series_table(series, ink.unit, ink.zone))


def draw_bars(_: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return bars on top of each other, one for each moment."""
    if all(answer.query.timeseries is None for answer in ink.answers.given):
        return draw_one_bar(ink, room)
    series = over_time(ink.answers, "stacked bar")
    layers = _stacked(series)
    ground = _ground(series, layers, ink, room)
    shapes = [shape for layer in layers for shape in _bars(layer, ground, ink.unit)]
    return Drawing((*ground.back, *shapes, *ground.below), series_table(series, ink.unit, ink.zone))


def _ground(series: Sequence[Series], layers: Sequence[_Layer], ink: Ink, room: Room) -> Plot:
    tops = [span for layer in layers for span in layer.spans if span is not None]
    extent = (min((low for low, _ in tops), default=0.0), max((high for _, high in tops), default=0.0))
    return plot(
        series,
        span(ink.answers),
        extent,
        room,
        unit=ink.unit,
        zone=ink.zone,
        shows_legend=is_named(series, ink),
    )


def _stacked(series: Sequence[Series]) -> tuple[_Layer, ...]:
    """Return the series on top of each other, values below 0 downwards; a gap is where no series has a value."""
    moments = sorted({(point.begin, point.end) for one in series for point in one.points})
    above = dict.fromkeys(moments, 0.0)
    below = dict.fromkeys(moments, 0.0)
    recorded = {(p.begin, p.end) for one in series for p in one.points if p.value is not None}
    layers = []
    for one in series:
        spans: list[tuple[float, float] | None] = []
        for point in one.points:
            at, value = (point.begin, point.end), point.value or 0.0
            if at not in recorded:
                spans.append(None)
                continue
            side = below if value < 0 else above
            spans.append((side[at], side[at] + value))
            side[at] += value
        layers.append(_Layer(one, tuple(spans)))
    return tuple(layers)


def _areas(layer: _Layer, ground: Plot) -> list[str]:
    number = colour(layer.one.colour)
    shapes: list[str] = []
    for run in _runs(layer):
        upper = [(ground.x.at(x), ground.y.at(high)) for x, (_, high) in run]
        lower = [(ground.x.at(x), ground.y.at(low)) for x, (low, _) in run]
        if len(upper) == 1:
            (x, top), (_, bottom) = upper[0], lower[0]
            shapes.append(box(x - 1, min(top, bottom), 2, abs(bottom - top), f"s{number}"))
            continue
        edge = "L".join(f"{x:g} {y:g}" for x, y in upper)
        back = "L".join(f"{x:g} {y:g}" for x, y in reversed(lower))
        shapes.append(f'<path class="a s{number}" d="M{edge}L{back}Z"/><path class="l l{number}" d="M{edge}"/>')
    return shapes


def _runs(layer: _Layer) -> list[list[tuple[float, tuple[float, float]]]]:
    runs: list[list[tuple[float, tuple[float, float]]]] = [[]]
    for point, span_of_it in zip(layer.one.points, layer.spans, strict=True):
        if span_of_it is None:
            runs.append([])
        else:
            runs[-1].append((point.middle, span_of_it))
    return [run for run in runs if run]


def _bars(layer: _Layer, ground: Plot, unit: str) -> list[str]:
    shapes = []
    for point, span_of_it in zip(layer.one.points, layer.spans, strict=True):
        if span_of_it is None or span_of_it[0] == span_of_it[1]:
            continue
        left, right = ground.x.at(point.begin), ground.x.at(point.end)
        wide = max((right - left) * (1 - _GAP_SHARE), 1)
        top, bottom = sorted((ground.y.at(span_of_it[1]), ground.y.at(span_of_it[0])))
        says = f"{layer.one.name}: {figure(point.value or 0.0, unit)}"
        shapes.append(
            box(left + (right - left - wide) / 2, top, wide, bottom - top, f"s{colour(layer.one.colour)}", title=says)
        )
    return shapes
