"""How much of the time the web service could be reached from outside."""

from __future__ import annotations

from monitors.catalog.environments import Environment
from monitors.catalog.upkeep import health_monitor_name


def reachable(environment: Environment) -> str:
    """Return the query for the share of synthetic checks that succeeded, in percent."""
    succeeded = "percentage(count(*), WHERE result = 'SUCCESS')"
    return f"FROM SyntheticCheck SELECT {succeeded} WHERE monitorName = '{health_monitor_name(environment)}'"
