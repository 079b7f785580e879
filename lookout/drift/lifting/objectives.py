"""Service levels and synthetic checks, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lookout.drift.altering import altered
from lookout.drift.lifting.references import References
from monitors.spec import PingMonitor, ServiceLevel

LEVEL_PROPERTIES: Final = frozenset({"name", "description", "objective"})
MONITOR_PROPERTIES: Final = frozenset({"name", "period", "locationsPublics", "validationString", "verifySsl"})


def service_level(spec: ServiceLevel, inputs: Mapping[str, Any], references: References) -> ServiceLevel:
    """Return a service level as the account has it."""
    objective = inputs["objective"]
    return altered(
        spec,
        name=inputs["name"],
        description=inputs.get("description", ""),
        target_percent=float(objective["target"]),
        period_days=int(objective["timeWindow"]["rolling"]["count"]),
    )


def monitor(spec: PingMonitor, inputs: Mapping[str, Any], references: References) -> PingMonitor:
    """Return a ping monitor as the account has it."""
    return altered(
        spec,
        name=inputs["name"],
        period=inputs["period"],
        locations=tuple(inputs["locationsPublics"]),
        expected_text=inputs.get("validationString") or "",
        verify_tls=inputs.get("verifySsl", False),
    )
