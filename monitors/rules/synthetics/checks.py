"""Every check of synthetic monitors, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.synthetics import (
    certificate,
    one_location,
    period,
    unknown_monitor,
    unwatched_monitor,
)

CHECKS: Final[tuple[Check, ...]] = (
    certificate.CHECK,
    one_location.CHECK,
    period.CHECK,
    unknown_monitor.CHECK,
    unwatched_monitor.CHECK,
)
