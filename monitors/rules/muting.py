"""How long a muting rule keeps issues quiet."""

from __future__ import annotations

from datetime import datetime

from monitors.spec import MutingRule


def hours_each_time(rule: MutingRule) -> float:
    """Return how long the rule is on, each time."""
    return (datetime.fromisoformat(rule.first_end) - datetime.fromisoformat(rule.first_start)).total_seconds() / 3600


def hours_a_week(rule: MutingRule) -> float:
    """Return how many hours of a week the rule is on."""
    return hours_each_time(rule) * len(rule.weekdays)
