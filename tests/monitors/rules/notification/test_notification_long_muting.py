"""notification/long-muting: a muting rule is for a deploy."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages

from monitors import spec
from monitors.rules.notification.long_muting import CHECK


def rule(hours: int, *weekdays: str) -> spec.MutingRule:
    return build.muting_rule(
        first_start="2026-01-06T01:00:00", first_end=f"2026-01-06T{1 + hours:02}:00:00", weekdays=weekdays
    )


def test_a_rule_of_half_a_day_is_found() -> None:
    assert messages(CHECK, rule(12, "TUESDAY")) == ["The rule is on for 12 hours each time, 12 hours of every week."]


def test_a_rule_that_is_on_every_day_for_hours_is_found() -> None:
    every_day = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
    assert messages(CHECK, rule(3, *every_day)) == ["The rule is on for 3 hours each time, 21 hours of every week."]


@pytest.mark.parametrize("hours", [1, 4])
def test_a_rule_for_a_deploy_is_fine(hours: int) -> None:
    assert messages(CHECK, rule(hours, "TUESDAY", "THURSDAY")) == []
