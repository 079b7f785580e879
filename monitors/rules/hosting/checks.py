"""Every check of Render, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.hosting import (
    autoscaling,
    environment_variable,
    eviction,
    free_plan,
    plain_secret,
    staging_size,
    unused,
)

CHECKS: Final[tuple[Check, ...]] = (
    autoscaling.CHECK,
    environment_variable.CHECK,
    eviction.CHECK,
    free_plan.CHECK,
    plain_secret.CHECK,
    staging_size.CHECK,
    unused.CHECK,
)
