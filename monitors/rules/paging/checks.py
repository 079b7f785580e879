"""Every check of PagerDuty, by hand: what is not listed here is not run."""

from __future__ import annotations

from typing import Final

from monitors.rules.check import Check
from monitors.rules.paging import (
    acknowledgement,
    auto_resolve,
    coverage_gap,
    escalation,
    hidden_layer,
    hidden_rule,
    low_urgency,
    same_person,
    several_targets,
    staging_at_night,
    suppressed_page,
    unused,
    webhook,
)

CHECKS: Final[tuple[Check, ...]] = (
    acknowledgement.CHECK,
    auto_resolve.CHECK,
    coverage_gap.CHECK,
    escalation.CHECK,
    hidden_layer.CHECK,
    hidden_rule.CHECK,
    low_urgency.CHECK,
    same_person.CHECK,
    several_targets.CHECK,
    staging_at_night.CHECK,
    suppressed_page.CHECK,
    unused.CHECK,
    webhook.CHECK,
)
