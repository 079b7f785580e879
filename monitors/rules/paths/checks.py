"""Every check of assertions on paths, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.paths import assertion, assertion_matches_nothing

CHECKS: Final[tuple[Check, ...]] = (
    assertion.CHECK,
    assertion_matches_nothing.CHECK,
)
