"""Weekly windows in local time: to the second, over midnight, and through changes of clocks.

Source: docs.newrelic.com, "Muting rules: Suppress notifications", schedule; local times without offset and a time zone.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_stack import at, rule

from monitors.alerting.muting import mute

WITHIN, OUTSIDE = True, False
CASES: dict[str, tuple[dict[str, Any], str, bool]] = {
    "the second before": ({}, "2026-03-03T09:59:59", OUTSIDE),
    "its first second": ({}, "2026-03-03T10:00:00", WITHIN),
    "its last second": ({}, "2026-03-03T10:29:59", WITHIN),
    "its end": ({}, "2026-03-03T10:30:00", OUTSIDE),
    "another weekday": ({}, "2026-03-04T10:10:00", OUTSIDE),
    "the first day": ({}, "2026-01-06T10:10:00", WITHIN),
    "a week before the first": ({}, "2025-12-30T10:10:00", OUTSIDE),
    "another weekday of the rule": ({"weekdays": ("TUESDAY", "THURSDAY")}, "2026-03-05T10:10:00", WITHIN),
    "a weekday of the rule before the first day": (
        {"weekdays": ("MONDAY", "TUESDAY")},
        "2026-01-05T10:10:00",
        OUTSIDE,
    ),
    "disabled": ({"enabled": False}, "2026-03-03T10:10:00", OUTSIDE),
    "another policy": ({"policies": ("email",)}, "2026-03-03T10:10:00", OUTSIDE),
    "over midnight, the evening": (
        {"first_start": "2026-01-06T23:00:00", "first_end": "2026-01-07T01:00:00"},
        "2026-03-03T23:30:00",
        WITHIN,
    ),
    "over midnight, the night": (
        {"first_start": "2026-01-06T23:00:00", "first_end": "2026-01-07T01:00:00"},
        "2026-03-04T00:59:59",
        WITHIN,
    ),
    "over midnight, the night of the day itself": (
        {"first_start": "2026-01-06T23:00:00", "first_end": "2026-01-07T01:00:00"},
        "2026-03-03T00:30:00",
        OUTSIDE,
    ),
    "the wall clock counts in summer too": ({}, "2026-07-07T10:00:00", WITHIN),
    "and ends by it": ({}, "2026-07-07T10:30:00", OUTSIDE),
}


@pytest.mark.parametrize(("changes", "moment", "within"), CASES.values(), ids=CASES)
def test_a_rule_mutes_within_its_windows_only(changes: dict[str, Any], moment: str, within: bool) -> None:
    assert (mute([rule(**changes)], "slack", at(moment)) is not None) == within


SUNDAY_NIGHT = rule(first_start="2026-01-04T01:30:00", first_end="2026-01-04T02:30:00", weekdays=("SUNDAY",))


def test_a_window_into_the_hour_that_clocks_leave_out_ends_an_hour_later_by_the_clock() -> None:
    """On 2026-03-08 02:00 becomes 03:00: 01:30 to 02:30 lasts from 01:30 to 03:30, an hour as always."""
    starts = at("2026-03-08T01:30")
    muted = mute([SUNDAY_NIGHT], "slack", starts)
    assert muted is not None
    assert muted.until_seconds == starts + 3600 == at("2026-03-08T03:30")


def test_a_window_over_the_hour_that_comes_twice_lasts_until_its_end_by_the_clock() -> None:
    """On 2026-11-01 02:00 becomes 01:00: the window begins with the first 01:30 and lasts two hours."""
    starts = at("2026-11-01T01:30")
    muted = mute([SUNDAY_NIGHT], "slack", starts)
    assert muted is not None
    assert muted.until_seconds == starts + 2 * 3600 == at("2026-11-01T02:30")


def test_of_two_windows_the_one_that_ends_last_is_told() -> None:
    rules = [rule(), rule(key="longer", first_end="2026-01-06T12:00:00")]
    muted = mute(rules, "slack", at("2026-03-03T10:10"))
    assert muted == ("longer", at("2026-03-03T12:00"))
