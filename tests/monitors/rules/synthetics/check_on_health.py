"""A condition on the results of the monitor "Health", and the monitor."""

from __future__ import annotations

from typing import Any

import spec_builders as build

from monitors import spec


def on_health(monitor: str = "Health", **changes: Any) -> spec.NrqlCondition:
    """Return an alert on a monitor's failures."""
    query = f"FROM SyntheticCheck SELECT count(*) WHERE monitorName = '{monitor}' AND result = 'FAILED'"
    return build.condition(query=query, **changes)
