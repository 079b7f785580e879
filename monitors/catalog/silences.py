"""What checks find in this catalogue and is meant as it is, each with the reason."""

from __future__ import annotations

from typing import Final

from monitors.spec import Silence

# Their share is taken of at least so many requests, so that a single failure at night does not page.
_FLOORED: Final = (
    "availability-fast-burn",
    "availability-slow-burn",
    "claude-api-success-rate",
    "high-skill-error-rate",
    "rollback-error-rate",
    "rollback-skill-error-rate",
)

SILENCES: Final[tuple[Silence, ...]] = tuple(
    Silence(
        check="query/undocumented-function",
        subject=f"condition/{key}",
        reason="The floor needs clamp_min(); New Relic's published conditions use its twin, clamp_max().",
    )
    for key in _FLOORED
)
