"""A small recording and a dashboard with every kind of widget, to draw and to look at."""

from __future__ import annotations

from typing import Any

from monitors.nrql.evaluator import Data
from monitors.pictures.answers import Evaluation
from monitors.pictures.drawing import Drawing
from monitors.pictures.source import Source
from monitors.pictures.widgets import DrawnPage, drawn
from monitors.spec import (
    Band,
    BillboardWidget,
    BulletWidget,
    ChartWidget,
    Dashboard,
    MarkdownWidget,
    Page,
    Place,
    Variable,
    Widget,
)

NOW = 1_790_000_000 - 1_790_000_000 % 86_400 + 12 * 3600  # noon, UTC
HOUR = 3600
NAMES = ("alpha", "beta", "gamma")
TEXT = """## Who is woken

**Fast burn** pages *at once*; `slow burn` goes to Slack.

- one <b>thing</b>
- another
"""


def data(*, made_up: bool = False) -> Data:
    """Return two hours of requests: one each 20 s, nothing in the third quarter of the last hour."""
    rows = []
    for number in range(360):
        at = NOW - 2 * HOUR + number * 20
        if NOW - HOUR / 2 <= at < NOW - HOUR / 4:
            continue
        row = {
            "timestamp": float(at),
            "eventType": "Request",
            "id": f"r{number}",
            "name": NAMES[number % 3 if number % 7 else 0],
            "ms": 100.0 + (number * 37) % 900,
            "ok": number % 11 > 0,
            "bought": number % 4 == 0,
        }
        rows.append({**row, **({"madeUp": True} if made_up else {})})
    rows += [
        {"timestamp": NOW - 60.0, "eventType": "Log", "level": "error", "message": "<it broke> & stayed so"},
        {"timestamp": NOW - 90.0, "eventType": "Log", "level": "warning", "message": "it will break"},
    ]
    return Data.of_rows(rows)


def source(*, made_up: bool = False) -> Source:
    """Return the recording as of noon."""
    return Source(data(made_up=made_up), "two hours", NOW)


def at(row: int = 1, column: int = 1, width: int = 4, height: int = 3) -> Place:
    return Place(row=row, column=column, width=width, height=height)


def chart(kind: str, *queries: str, title: str = "A chart", place: Place | None = None, **fields: Any) -> ChartWidget:
    return ChartWidget(kind=kind, title=title, place=place or at(), queries=queries, **fields)  # type: ignore[arg-type]


def billboard(*queries: str, title: str = "A figure", place: Place | None = None, **fields: Any) -> BillboardWidget:
    return BillboardWidget(title=title, place=place or at(), queries=queries, **fields)


def bullet(query: str, limit: float, title: str = "A bullet", place: Place | None = None) -> BulletWidget:
    return BulletWidget(title=title, place=place or at(), queries=(query,), limit=limit)


def dashboard(*widgets: Widget, variables: tuple[Variable, ...] = (), **fields: Any) -> Dashboard:
    """Return a dashboard of one page."""
    page = Page(name="Page one", widgets=widgets)
    return Dashboard(**{"key": "one", "name": "Dashboard one", "pages": (page,), "variables": variables, **fields})


def page_of(*widgets: Widget, made_up: bool = False, variables: tuple[Variable, ...] = ()) -> DrawnPage:
    """Return a page, drawn."""
    whole = dashboard(*widgets, variables=variables)
    return drawn(whole, whole.pages[0], Evaluation(source(made_up=made_up)))


def drawing(widget: Widget, *variables: Variable) -> Drawing:
    """Return one widget, drawn."""
    return page_of(widget, variables=variables).widgets[0].drawing


def every_kind() -> Dashboard:
    """Return a dashboard with every kind of widget."""
    count, ms = "FROM Request SELECT count(*)", "FROM Request SELECT average(ms)"
    bands = (Band(severity="warning", above=500, below=700), Band(severity="critical", above=700))
    column = (Band(severity="critical", above=500, column_name="Mean (ms)"),)
    widgets: tuple[Widget, ...] = (
        billboard(count, title="Requests", place=at(1, 1, 2), warning=500, critical=900),
        billboard(ms, title="Mean (ms)", place=at(1, 3, 2), warning=400, critical=800),
        billboard(ms, title="Mean, worse (ms)", place=at(1, 5, 2), warning=100, critical=200),
        billboard(f"{count} SINCE 30 minutes ago COMPARE WITH 1 hour ago", title="Against before", place=at(1, 7, 2)),
        billboard(f"{count} FACET name", title="By name", place=at(1, 9, 4)),
        chart("line", f"{ms} FACET name TIMESERIES 2 minutes", title="Mean (ms)", place=at(4, 1, 6), bands=bands),
        chart("line", f"{ms} SINCE 30 minutes ago TIMESERIES 1 minute COMPARE WITH 1 hour ago", place=at(4, 7, 6)),
        chart("area", f"{count} FACET name TIMESERIES 2 minutes", title="Area", place=at(7, 1, 4)),
        chart("stacked_bar", f"{count} FACET name TIMESERIES 5 minutes", title="Stacked", place=at(7, 5, 4)),
        chart("bar", f"{count} FACET name", title="Bars", place=at(7, 9, 4)),
        chart("pie", f"{count} FACET name", title="Pie", place=at(10, 1, 4)),
        chart("histogram", "FROM Request SELECT histogram(ms, 1000, 20)", title="Times (ms)", place=at(10, 5, 4)),
        chart(
            "heatmap", "FROM Request SELECT histogram(ms, 1000, 20) FACET name", title="Heat (ms)", place=at(10, 9, 4)
        ),
        chart(
            "heatmap",
            "FROM Request SELECT histogram(ms, 1000, 20) TIMESERIES 2 minutes",
            title="Heat over time (ms)",
            place=at(13, 1, 6),
        ),
        chart(
            "funnel",
            "FROM Request SELECT funnel(id, WHERE ms > 0 AS 'Came', WHERE ok AS 'Went on', WHERE bought AS 'Bought')",
            title="Funnel",
            place=at(13, 7, 6),
        ),
        bullet(ms, 600, title="Mean (ms of 600)", place=at(16, 1, 3)),
        bullet(ms, 300, title="Mean (ms of 300)", place=at(16, 4, 3)),
        chart("stacked_bar", f"{count} FACET name", title="One bar", place=at(16, 7, 3)),
        MarkdownWidget(text=TEXT, place=at(16, 10, 3)),
        chart(
            "table",
            "FROM Request SELECT count(*) AS 'Count', average(ms) AS 'Mean (ms)', percentile(ms, 50, 95) FACET name",
            title="Table",
            place=at(19, 1, 6),
            bands=column,
        ),
        chart("log_table", "FROM Log SELECT timestamp, level, message", title="Logs", place=at(19, 7, 6)),
        chart("line", "FROM Nothing SELECT count(*) TIMESERIES", title="Nothing", place=at(22, 1, 6)),
        chart("line", f"{count} TIMESERIES PREDICT", title="Refused", place=at(22, 7, 6)),
    )
    return dashboard(*widgets)
