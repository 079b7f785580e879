"""Moments as they are written: on a zone's clocks or with an offset, skipped and doubled times, and refusals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lookout.errors import CouldNotRun
from lookout.who.times import read

PACIFIC = "America/Los_Angeles"


def test_a_time_without_an_offset_is_on_the_zones_clocks() -> None:
    found = read("2026-12-24T03:00", PACIFIC)
    assert found.at == datetime(2026, 12, 24, 11, tzinfo=UTC)
    assert str(found) == "Thu 24 Dec 2026 03:00 America/Los_Angeles (UTC-08:00)"
    assert found.note is None


def test_a_time_with_an_offset_is_that_moment_and_is_shown_on_the_zones_clocks() -> None:
    assert str(read("2026-12-24T03:00+01:00", PACIFIC)) == "Wed 23 Dec 2026 18:00 America/Los_Angeles (UTC-08:00)"
    assert read("2026-12-24T03:00:30Z", PACIFIC).at == datetime(2026, 12, 24, 3, 0, 30, tzinfo=UTC)


def test_a_day_is_its_midnight() -> None:
    assert str(read("2026-12-24", PACIFIC)).startswith("Thu 24 Dec 2026 00:00")


def test_seconds_are_shown_where_there_are_some() -> None:
    assert str(read("2026-12-24T03:00:05.9", PACIFIC)).startswith("Thu 24 Dec 2026 03:00:05 ")


def test_a_time_that_the_clocks_skip_is_when_they_jump_and_says_so() -> None:
    found = read("2026-03-08T02:30", PACIFIC)
    assert found.at == datetime(2026, 3, 8, 10, tzinfo=UTC)
    assert found.note == (
        "02:30 on 2026-03-08 does not exist in America/Los_Angeles: the clocks are put forward. Read as 03:00 "
        "(UTC-07:00)."
    )


def test_a_time_that_comes_twice_is_the_first_and_says_how_to_name_the_second() -> None:
    found = read("2026-11-01T01:30", PACIFIC)
    assert found.at == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    assert found.note == (
        "01:30 on 2026-11-01 comes twice in America/Los_Angeles. Read as the first (UTC-07:00); "
        "2026-11-01T01:30-08:00 is the second."
    )
    assert read("2026-11-01T01:30-08:00", PACIFIC).at == datetime(2026, 11, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("at", ["2026-11-01T00:59", "2026-11-01T02:00", "2026-03-08T01:59", "2026-03-08T03:00"])
def test_times_beside_a_change_of_clocks_are_plain(at: str) -> None:
    assert read(at, PACIFIC).note is None


def test_no_time_is_now() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= read(None, PACIFIC).at <= datetime.now(UTC)


@pytest.mark.parametrize("text", ["", "noon", "2026-13-01", "03:00", "2026-12-24T25:00", "٢٠٢٦-12-24"])
def test_what_is_no_time_is_refused_with_one_that_is(text: str) -> None:
    with pytest.raises(CouldNotRun) as refused:
        read(text, PACIFIC)
    assert str(refused.value) == (
        f"--at {text!r} is no time.\nWrite one such as 2026-12-24, 2026-12-24T03:00 or 2026-12-24T03:00Z."
    )


@pytest.mark.parametrize("text", ["0001-01-01T00:00Z", "1999-12-31", "9999-12-31T23:59-23:00"])
def test_a_year_that_no_schedule_is_for_is_refused(text: str) -> None:
    with pytest.raises(CouldNotRun, match="is not within 2000 and 2099"):
        read(text, PACIFIC)
