"""Every check, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.notices import NOTICES, Notice
from monitors.rules.query import syntax, time_range

CHECKS: Final[tuple[Check, ...]] = (
    # Queries by themselves.
    syntax.CHECK,
    time_range.CHECK,
    # Conditions.
    # Dashboards, notifications, response, platform, service levels, catalogue.
)
CODES: Final[tuple[Check | Notice, ...]] = (*CHECKS, *NOTICES)
