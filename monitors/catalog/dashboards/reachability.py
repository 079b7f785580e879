"""How much of the time the web service could be reached from outside."""

from __future__ import annotations

from monitors.catalog.dashboards.grid import line
from monitors.catalog.environments import Environment
from monitors.catalog.objectives import TARGET_PERCENT
from monitors.catalog.upkeep import health_monitor_name
from monitors.spec import Band, ChartWidget, Place


def reachability(place: Place, environment: Environment) -> ChartWidget:
    """Return the chart of the share of synthetic checks that succeeded, in percent."""
    succeeded = "percentage(count(*), WHERE result = 'SUCCESS')"
    query = f"FROM SyntheticCheck SELECT {succeeded} WHERE monitorName = '{health_monitor_name(environment)}'"
    return line("Reachable from outside (%)", place, query, bands=(Band(severity="critical", below=TARGET_PERCENT),))
