"""Every check of who is told, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.notification import (
    acts_on_warning,
    late_critical,
    long_muting,
    matches_nothing,
    missing_runbook,
    muted_page,
    muting_day,
    muting_ignored,
    placeholder,
    severity_leak,
    stays_open,
    told_twice,
    unused_destination,
)

CHECKS: Final[tuple[Check, ...]] = (
    acts_on_warning.CHECK,
    late_critical.CHECK,
    long_muting.CHECK,
    matches_nothing.CHECK,
    missing_runbook.CHECK,
    muted_page.CHECK,
    muting_day.CHECK,
    muting_ignored.CHECK,
    placeholder.CHECK,
    severity_leak.CHECK,
    stays_open.CHECK,
    told_twice.CHECK,
    unused_destination.CHECK,
)
