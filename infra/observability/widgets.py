"""Pages and widgets as New Relic takes them: a list for each kind of widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

import pulumi_newrelic as newrelic

from infra.observability.widget_kinds import BILLBOARD, BULLET, CHARTS, Kind
from monitors.spec import (
    Band,
    BillboardWidget,
    BulletWidget,
    ChartWidget,
    MarkdownWidget,
    Page,
    Place,
    Widget,
)


def page_arguments(page: Page, account_id: str) -> newrelic.OneDashboardPageArgs:
    """Return a page; each list holds its widgets by row and column, as New Relic gives them back."""
    lists: dict[str, Any] = {}
    for widget in page.widgets_in_order:
        field, arguments = widget_arguments(widget, account_id)
        lists.setdefault(field, []).append(arguments)
    return newrelic.OneDashboardPageArgs(name=page.name, **lists)


def widget_arguments(widget: Widget, account_id: str) -> tuple[str, Any]:
    """Return the page's list that a widget belongs to, and the widget; queries name the account, else they drift."""
    match widget:
        case MarkdownWidget():
            arguments = newrelic.OneDashboardPageWidgetMarkdownArgs(
                title=widget.title, text=widget.text, **_placed(widget.place)
            )
            return "widget_markdowns", arguments
        case BulletWidget():
            return _built(BULLET, widget, account_id, limit=widget.limit)
        case BillboardWidget():
            return _built(
                BILLBOARD,
                widget,
                account_id,
                warning=number(widget.warning),
                critical=number(widget.critical),
                ignore_time_range=widget.ignores_time_range,
            )
        case ChartWidget():
            kind = CHARTS[widget.kind]
            own: dict[str, Any] = {"thresholds": _bands(kind, widget.bands)} if widget.bands else {}
            return _built(kind, widget, account_id, ignore_time_range=widget.ignores_time_range, **own)


def number(value: float | None) -> str | None:
    """Return a figure as the text that dashboards take: without an exponent, whole numbers without a point."""
    if value is None:
        return None
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _built(
    kind: Kind, widget: ChartWidget | BillboardWidget | BulletWidget, account_id: str, **own: Any
) -> tuple[str, Any]:
    arguments = kind.widget(
        title=widget.title,
        nrql_queries=[kind.query(account_id=account_id, query=query) for query in widget.queries],
        units=[kind.unit(unit=widget.unit)] if widget.unit else None,
        **_placed(widget.place),
        **own,
    )
    return kind.page_field, arguments


class _Placed(TypedDict):
    row: int
    column: int
    width: int
    height: int


def _placed(place: Place) -> _Placed:
    return _Placed(row=place.row, column=place.column, width=place.width, height=place.height)


def _bands(kind: Kind, bands: Sequence[Band]) -> list[Any]:
    assert kind.threshold is not None, "the vocabulary gives bands to lines and tables alone"
    return [
        kind.threshold(
            severity=band.severity,
            from_=number(band.above),
            to=number(band.below),
            **({"column_name": band.column_name} if band.column_name else {}),
        )
        for band in bands
    ]
