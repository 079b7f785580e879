"""Every check of runbooks, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.runbook import (
    incomplete_section,
    missing_file,
    missing_section,
)

CHECKS: Final[tuple[Check, ...]] = (
    incomplete_section.CHECK,
    missing_file.CHECK,
    missing_section.CHECK,
)
