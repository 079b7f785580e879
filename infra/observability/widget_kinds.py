"""The kinds of widgets at New Relic: where each goes in a page, and the SDK's classes for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pulumi_newrelic as newrelic


@dataclass(frozen=True)
class Kind:
    """One kind: the page's list for it, and the classes of widget, query, unit and (lines and tables) threshold.

    The SDK has classes of their own for every kind, all with the same arguments: so they are called alike.
    """

    page_field: str
    widget: Callable[..., Any]
    query: Callable[..., Any]
    unit: Callable[..., Any]
    threshold: Callable[..., Any] | None = None


BILLBOARD: Final = Kind(
    "widget_billboards",
    newrelic.OneDashboardPageWidgetBillboardArgs,
    newrelic.OneDashboardPageWidgetBillboardNrqlQueryArgs,
    newrelic.OneDashboardPageWidgetBillboardUnitArgs,
)
BULLET: Final = Kind(
    "widget_bullets",
    newrelic.OneDashboardPageWidgetBulletArgs,
    newrelic.OneDashboardPageWidgetBulletNrqlQueryArgs,
    newrelic.OneDashboardPageWidgetBulletUnitArgs,
)
CHARTS: Final[Mapping[str, Kind]] = {
    "line": Kind(
        "widget_lines",
        newrelic.OneDashboardPageWidgetLineArgs,
        newrelic.OneDashboardPageWidgetLineNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetLineUnitArgs,
        newrelic.OneDashboardPageWidgetLineThresholdArgs,
    ),
    "area": Kind(
        "widget_areas",
        newrelic.OneDashboardPageWidgetAreaArgs,
        newrelic.OneDashboardPageWidgetAreaNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetAreaUnitArgs,
    ),
    "bar": Kind(
        "widget_bars",
        newrelic.OneDashboardPageWidgetBarArgs,
        newrelic.OneDashboardPageWidgetBarNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetBarUnitArgs,
    ),
    "stacked_bar": Kind(
        "widget_stacked_bars",
        newrelic.OneDashboardPageWidgetStackedBarArgs,
        newrelic.OneDashboardPageWidgetStackedBarNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetStackedBarUnitArgs,
    ),
    "pie": Kind(
        "widget_pies",
        newrelic.OneDashboardPageWidgetPyArgs,
        newrelic.OneDashboardPageWidgetPyNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetPyUnitArgs,
    ),
    "table": Kind(
        "widget_tables",
        newrelic.OneDashboardPageWidgetTableArgs,
        newrelic.OneDashboardPageWidgetTableNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetTableUnitArgs,
        newrelic.OneDashboardPageWidgetTableThresholdArgs,
    ),
    "heatmap": Kind(
        "widget_heatmaps",
        newrelic.OneDashboardPageWidgetHeatmapArgs,
        newrelic.OneDashboardPageWidgetHeatmapNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetHeatmapUnitArgs,
    ),
    "histogram": Kind(
        "widget_histograms",
        newrelic.OneDashboardPageWidgetHistogramArgs,
        newrelic.OneDashboardPageWidgetHistogramNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetHistogramUnitArgs,
    ),
    "funnel": Kind(
        "widget_funnels",
        newrelic.OneDashboardPageWidgetFunnelArgs,
        newrelic.OneDashboardPageWidgetFunnelNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetFunnelUnitArgs,
    ),
    "log_table": Kind(
        "widget_log_tables",
        newrelic.OneDashboardPageWidgetLogTableArgs,
        newrelic.OneDashboardPageWidgetLogTableNrqlQueryArgs,
        newrelic.OneDashboardPageWidgetLogTableUnitArgs,
    ),
}
