"""Line charts: a line for each series, open where nothing was recorded, over the bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitors.pictures.drawing import Drawing, Ink, Room, colour
from monitors.pictures.plot import Plot, plot
from monitors.pictures.series import Point, Series, over_time, series_table, span
from monitors.spec import ChartWidget

_LONE = 3  # a value with gaps on both sides is drawn as a dash so long


def draw(widget: ChartWidget, ink: Ink, room: Room) -> Drawing:
    """Return the chart."""
    series = over_time(ink.answers, "line")
    values = [value for one in series for value in one.values]
    ground = plot(
        series,
        span(ink.answers),
        (min(values, default=0.0), max(values, default=0.0)),
        room,
        unit=ink.unit,
        zone=ink.zone,
        bands=widget.bands,
        shows_legend=is_named(series, ink),
    )
    marks = (*ground.back, *(_line(one, ground) for one in reversed(series)), *ground.below)
    return Drawing(marks, series_table(series, ink.unit, ink.zone))


def is_named(series: Sequence[Series], ink: Ink) -> bool:
    """Say whether a chart needs a legend: one line without a facet and a label is named by the title."""
    if len(series) != 1:
        return bool(series)
    query = ink.answers.given[0].query
    return query.facet is not None or query.select[0].alias is not None


def stretches(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield the runs of points that have a value."""
    run: list[Point] = []
    for point in points:
        if point.value is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _line(one: Series, ground: Plot) -> str:
    path = "".join(_stretch(run, ground) for run in stretches(one.points))
    if not path:
        return ""
    kind = f"l{' then' if one.then else ''} l{colour(one.colour)}"
    return f'<path class="{kind}" d="{path}"/>'


def _stretch(run: Sequence[Point], ground: Plot) -> str:
    places = [(ground.x.at(point.middle), ground.y.at(point.value or 0.0)) for point in run]
    (x, y), *rest = places
    if not rest:
        return f"M{x - _LONE / 2:g} {y:g}h{_LONE}"
    return f"M{x:g} {y:g}" + "".join(f"L{to_x:g} {to_y:g}" for to_x, to_y in rest)
