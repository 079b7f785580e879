"""Every check of service levels and burn rates, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.objective import (
    burn_threshold,
    never_fires,
    other_measure,
    single_error,
    slow_detection,
    unknown_traffic,
    unwatched,
)

CHECKS: Final[tuple[Check, ...]] = (
    burn_threshold.CHECK,
    never_fires.CHECK,
    other_measure.CHECK,
    single_error.CHECK,
    slow_detection.CHECK,
    unknown_traffic.CHECK,
    unwatched.CHECK,
)
