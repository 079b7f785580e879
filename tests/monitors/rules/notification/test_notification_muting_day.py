"""notification/muting-day: a muting rule begins on one of its weekdays."""

from __future__ import annotations

import spec_builders as build
from check_cases import messages

from monitors.rules.notification.muting_day import CHECK


def test_a_first_time_on_another_day_is_found() -> None:
    rule = build.muting_rule(first_start="2026-01-07T15:00:00", first_end="2026-01-07T15:30:00")
    assert messages(CHECK, rule) == ["first_start 2026-01-07T15:00:00 is a Wednesday, and weekdays are TUESDAY."]


def test_a_first_time_on_one_of_the_days_is_fine() -> None:
    assert messages(CHECK, build.muting_rule(weekdays=("MONDAY", "TUESDAY"))) == []
