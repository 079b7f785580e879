"""PagerDuty's conditions against events of which everything, something or nothing is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.alerting.pcl import Event, meets, path_of

MONDAY_NOON = datetime(2022, 1, 3, 20, tzinfo=UTC)  # at noon in Los Angeles
DETAILS = ("event", "custom_details")
EVENT = Event(
    {
        ("event", "severity"): "critical",
        ("event", "summary"): None,
        (*DETAILS, "severity"): "SEV1",
        (*DETAILS, "what it means"): "it's down",
        (*DETAILS, "text"): "This has a newline\nin it",
    },
    whole=(DETAILS,),
)


def verdict(condition: str, event: Event = EVENT, at: datetime = MONDAY_NOON) -> bool | None:
    return meets(condition, event, at)


@pytest.mark.parametrize(
    "condition",
    [
        "event.custom_details.severity matches 'SEV1'",
        "event.custom_details.severity matches 'sev1'",
        "event.custom_details.severity == 'SEV1'",
        "event.custom_details.severity matches part 'ev'",
        "event.custom_details.severity matches regex '^sev[12]$'",
        "event.custom_details['what it means'] matches 'It\\'s down'",
        "event.custom_details.text matches regex '.in it'",
        "event.custom_details.text matches regex '^in it'",
        "event.custom_details.severity exists",
        "event.summary exists",
        "not event.custom_details.missing exists",
        "not event.custom_details.missing > 2",
        "event.severity == 'critical' or event.summary matches 'x'",
        "not (event.severity == 'info' and event.summary matches 'x')",
        "event.custom_details.missing matches 'x' or 2 < 10",
        "3.0 == 3",
        "true == true",
    ],
)
def test_a_condition_that_the_event_meets(condition: str) -> None:
    assert verdict(condition) is True


@pytest.mark.parametrize(
    "condition",
    [
        "event.custom_details.severity matches 'SEV2'",
        "event.custom_details.severity matches exactly 'sev1'",
        "event.custom_details.severity == 'sev1'",
        "event.custom_details.severity matches regex exactly 'sev'",
        "event.custom_details.missing exists",
        "event.custom_details.missing matches 'x'",
        "event.custom_details.severity > 2",
        "not event.severity exists and event.severity matches 'critical'",
        "event.severity == 'info' and event.summary matches 'x'",
        "2 > 'two'",
    ],
)
def test_a_condition_that_the_event_does_not_meet(condition: str) -> None:
    assert verdict(condition) is False


@pytest.mark.parametrize(
    "condition",
    [
        "event.summary matches 'x'",
        "not event.summary matches 'x'",
        "event.source matches 'x'",
        "event.source exists",
        "raw_event.links[0].href matches part 'x'",
        "event.severity == 'critical' and event.summary matches 'x'",
        "event.severity == 'info' or event.summary matches 'x'",
        "trigger_count over 1 hour 30 minutes > 5",
        "resetting_trigger_count over 10 seconds > 5",
    ],
)
def test_what_is_not_known_before_the_event_comes_is_neither(condition: str) -> None:
    assert verdict(condition) is None


@pytest.mark.parametrize(
    "condition",
    [
        "event.severity",
        "event.severity matches",
        "event.severity matches 'x' event",
        "(event.severity matches 'x'",
        "event.severity matches regex '(?-i)this'",
        "event.severity matches regex '('",
        "now in Mon 09:00:00 to 17:00:00 Mars/Olympus",
        "event.severity in Mon 09:00:00 to 17:00:00 Etc/UTC",
        "%",
        "",
    ],
)
def test_what_cannot_be_read_is_neither(condition: str) -> None:
    assert verdict(condition) is None


def test_and_binds_closer_than_or_and_not_closest() -> None:
    # As in the language's own overview: ((x > 5) and (not (y < 6))) or (z == 2).
    assert verdict("1 > 5 and not 1 < 6 or 2 == 2") is True
    assert verdict("1 > 5 and (not 1 < 6 or 2 == 2)") is False


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("now in Mon,Wed,Fri 01:00:00 to 15:00:00 America/Los_Angeles", True),
        ("now in Mon,Wed,Fri 01:00:00 to 15:00:00 Etc/UTC", False),
        ("now in Sun 22:00:00 to 21:00:00 Etc/UTC", True),
        ("now in Mon 21:00:00 to 21:00:00 Etc/UTC", False),
        ("now in Sun 21:00:00 to 21:00:00 Etc/UTC", True),
        ("now > 2020-01-01 00:00:00 Etc/UTC", True),
        ("now < 2022-01-03 11:00:00 America/Los_Angeles", False),
    ],
)
def test_hours_and_dates_are_read_on_their_own_clocks(condition: str, expected: bool) -> None:
    assert verdict(condition) is expected


@pytest.mark.parametrize(
    ("clock_utc", "expected"),
    [("05:00", False), ("05:30", True), ("06:15", False), ("06:30", True), ("08:00", True), ("08:30", False)],
)
def test_hours_on_the_night_of_a_change_of_clocks_are_those_of_the_overview(clock_utc: str, expected: bool) -> None:
    at = datetime.fromisoformat(f"2021-11-07T{clock_utc}:00+00:00")
    assert verdict("now in Sun 01:30:00 to 03:15:00 America/New_York", at=at) is expected


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert verdict(text) in (True, False, None)


def test_a_path_is_read_as_in_conditions() -> None:
    assert path_of("event.custom_details['what it means']") == (*DETAILS, "what it means")
    assert path_of("event source") is None
