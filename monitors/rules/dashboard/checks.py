"""Every check of dashboards, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.dashboard import (
    band_column,
    buckets,
    chart_function,
    comparison,
    facet,
    limit,
    link,
    overlapping_bands,
    own_time,
    page_name,
    repeated_title,
    threshold_direction,
    threshold_scale,
    timeseries,
    unit,
    unreachable_threshold,
    unused_variable,
    variable_use,
)

CHECKS: Final[tuple[Check, ...]] = (
    band_column.CHECK,
    buckets.CHECK,
    chart_function.CHECK,
    comparison.CHECK,
    facet.CHECK,
    limit.CHECK,
    link.CHECK,
    overlapping_bands.CHECK,
    own_time.CHECK,
    page_name.CHECK,
    repeated_title.CHECK,
    threshold_direction.CHECK,
    threshold_scale.CHECK,
    timeseries.CHECK,
    unit.CHECK,
    unreachable_threshold.CHECK,
    unused_variable.CHECK,
    variable_use.CHECK,
)
