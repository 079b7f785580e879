"""What checks find in this catalogue and is meant as it is, each with the reason."""

from __future__ import annotations

from typing import Final

from monitors.spec import Silence
from service.metrics import ERROR_RATE

# Their share is taken of at least so many requests, so that a single failure at night does not page.
_FLOORED: Final = (
    "availability-fast-burn",
    "availability-slow-burn",
    "claude-api-success-rate",
    "high-skill-error-rate",
    "rollback-error-rate",
    "rollback-skill-error-rate",
)
# They slide: looked at every step, which is what their rows of the product's table ask for.
_SLIDING: Final = (
    "availability-fast-burn",
    "availability-slow-burn",
    "canary-error-rate",
    "canary-response-time",
    "cost-spike-detected",
)

_UNDOCUMENTED: Final = tuple(
    Silence(
        check="query/undocumented-function",
        subject=f"condition/{key}",
        reason="The floor needs clamp_min(); New Relic's published conditions use its twin, clamp_max().",
    )
    for key in _FLOORED
)
_SLIDE_DURATIONS: Final = tuple(
    Silence(
        check="condition/slide-duration",
        subject=f"condition/{key}",
        reason="As New Relic's own service level alerts: a duration of one slide (window 21,600 s, slide 900 s).",
    )
    for key in _SLIDING
)

SILENCES: Final[tuple[Silence, ...]] = (
    *_UNDOCUMENTED,
    *_SLIDE_DURATIONS,
    Silence(
        check="catalogue/unwatched-metric",
        subject=f"metric/{ERROR_RATE.name}",
        reason="The product asks for the name; alerts and charts divide counts, which tells errors from timeouts too.",
    ),
    Silence(
        check="synthetics/period",
        subject="condition/web-certificate-expiring",
        reason="A certificate is checked once a day. One result opens or closes it; empty windows between do neither.",
    ),
)
