"""A zone's clock: how far it has come by a moment, and the first moment at which it has come so far."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rota_strategies import CHANGES, change, zones

from monitors.alerting.rota.clock import ClockChange, clock_changes, clock_moments, instant, reached

HOUR, DAY, TICK = timedelta(hours=1), timedelta(days=1), timedelta.resolution
offsets = st.timedeltas(-2 * HOUR, 2 * HOUR)


@given(zone=zones, offset=offsets, index=st.integers(0, 1))
def test_an_instant_is_the_first_moment_at_which_the_clock_has_come_so_far(
    zone: str, offset: timedelta, index: int
) -> None:
    info = ZoneInfo(zone)
    wall = (change(zone, index) + offset).astimezone(info).replace(tzinfo=None, fold=0)
    moment = instant(wall, info)
    assert reached(moment - TICK, info) < wall <= reached(moment, info)


@given(zone=zones, one=offsets, other=offsets, index=st.integers(0, 1))
def test_a_clock_never_goes_back(zone: str, one: timedelta, other: timedelta, index: int) -> None:
    info, at = ZoneInfo(zone), change(zone, index)
    first, second = sorted((one, other))
    assert reached(at + first, info) <= reached(at + second, info)


def test_a_clock_that_is_put_back_stands_still_just_before_what_it_would_have_shown() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    at = datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert reached(at - TICK, berlin) == datetime(2026, 10, 25, 3) - TICK
    assert reached(at + HOUR / 2, berlin) == datetime(2026, 10, 25, 3) - TICK
    assert reached(at + HOUR, berlin) == datetime(2026, 10, 25, 3)


def test_a_time_that_is_skipped_comes_when_it_is_skipped() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    skipped = {instant(datetime(2026, 3, 29, 2, minute), berlin) for minute in range(60)}
    assert skipped == {datetime(2026, 3, 29, 1, tzinfo=UTC)}


@pytest.mark.parametrize("zone", sorted(CHANGES))
def test_changes_are_found_to_the_second(zone: str) -> None:
    found = [one.at for one in clock_changes(zone, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))]
    moves = zone not in ("Asia/Kathmandu", "Etc/UTC")
    assert found == [datetime.fromisoformat(f"{text}:00+00:00") for text in CHANGES[zone] if moves]


def test_lord_howe_moves_by_half_an_hour() -> None:
    start = datetime(2026, 4, 4, tzinfo=UTC)
    assert [*clock_changes("Australia/Lord_Howe", start, start + DAY)] == [
        ClockChange("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC), -HOUR / 2)
    ]


def test_a_time_shown_twice_has_two_moments() -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    clock = datetime(2026, 1, 1, 2, 30).time()
    found = sorted(set(clock_moments("Europe/Berlin", [clock], start, start + HOUR * 23)))
    assert found == [start + 2.5 * HOUR, start + 3 * HOUR, start + 3.5 * HOUR]
