"""Short forms of widgets: where they stand, and queries over time."""

from __future__ import annotations

from typing import Literal

from monitors.spec import Band, BillboardWidget, BulletWidget, ChartWidget, MarkdownWidget, Place

Kind = Literal["line", "area", "bar", "stacked_bar", "pie", "table", "heatmap", "histogram", "funnel", "log_table"]


def at(row: int, column: int, width: int, height: int = 3) -> Place:
    """Return a place on the grid of 12 columns."""
    return Place(row=row, column=column, width=width, height=height)


def over_time(query: str) -> str:
    """Return a query drawn over the time that is chosen on the dashboard."""
    return f"{query} TIMESERIES AUTO"


def chart(
    kind: Kind, title: str, place: Place, *queries: str, unit: str | None = None, bands: tuple[Band, ...] = ()
) -> ChartWidget:
    """Return a chart."""
    return ChartWidget(kind=kind, title=title, place=place, queries=queries, unit=unit, bands=bands)


def line(title: str, place: Place, *queries: str, unit: str | None = None, bands: tuple[Band, ...] = ()) -> ChartWidget:
    """Return a line chart of queries over time."""
    return chart("line", title, place, *map(over_time, queries), unit=unit, bands=bands)


def figure(
    title: str,
    place: Place,
    *queries: str,
    unit: str | None = None,
    warning: float | None = None,
    critical: float | None = None,
) -> BillboardWidget:
    """Return figures in large type."""
    return BillboardWidget(title=title, place=place, queries=queries, unit=unit, warning=warning, critical=critical)


def against(title: str, place: Place, query: str, limit: float, unit: str | None = None) -> BulletWidget:
    """Return a figure against its limit."""
    return BulletWidget(title=title, place=place, queries=(query,), limit=limit, unit=unit)


def text(place: Place, markdown: str) -> MarkdownWidget:
    """Return a text."""
    return MarkdownWidget(place=place, text=markdown)


def over(limit: float, worse: float | None = None) -> tuple[Band, ...]:
    """Return bands for a value that should stay low: a warning from `limit` on, critical from `worse` on."""
    if worse is None:
        return (Band(severity="critical", above=limit),)
    return (Band(severity="warning", above=limit, below=worse), Band(severity="critical", above=worse))
