"""Every check of what queries speak of, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.catalogue import (
    environment,
    impossible_value,
    mixed_units,
    senseless_function,
    threshold_scale,
    unit,
    unknown_attribute,
    unknown_event_type,
    unknown_metric,
    unwatched_metric,
)
from monitors.rules.check import Check

CHECKS: Final[tuple[Check, ...]] = (
    environment.CHECK,
    impossible_value.CHECK,
    mixed_units.CHECK,
    senseless_function.CHECK,
    threshold_scale.CHECK,
    unit.CHECK,
    unknown_attribute.CHECK,
    unknown_event_type.CHECK,
    unknown_metric.CHECK,
    unwatched_metric.CHECK,
)
