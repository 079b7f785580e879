"""Nights and working hours where the people on call live."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from monitors import catalog
from monitors.backtest.hours import Hours, hours_of

HOURS = Hours("Europe/Berlin")


def _at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=HOURS.zone).timestamp()


@pytest.mark.parametrize(
    ("clock", "night"), [("21:59", False), ("22:00", True), ("02:00", True), ("06:59", True), ("07:00", False)]
)
def test_nights_are_from_ten_to_seven(clock: str, night: bool) -> None:
    assert HOURS.is_night(_at(f"2026-10-06T{clock}")) is night


def test_the_nights_of_a_period_are_cut_off_at_its_ends() -> None:
    since, until = _at("2026-10-06T03:00"), _at("2026-10-07T23:00")
    assert list(HOURS.nights(since, until)) == [
        (since, _at("2026-10-06T07:00")),
        (_at("2026-10-06T22:00"), _at("2026-10-07T07:00")),
        (_at("2026-10-07T22:00"), until),
    ]


def test_there_are_no_working_hours_on_a_weekend() -> None:
    friday, monday = _at("2026-10-09T00:00"), _at("2026-10-12T12:00")
    assert list(HOURS.working(friday, monday)) == [
        (_at("2026-10-09T09:00"), _at("2026-10-09T17:00")),
        (_at("2026-10-12T09:00"), monday),
    ]


def test_a_night_in_which_clocks_change_is_an_hour_longer_or_shorter() -> None:
    autumn, spring = _at("2026-10-24T12:00"), _at("2026-03-28T12:00")
    lengths = [end - start for since in (autumn, spring) for start, end in HOURS.nights(since, since + 86_400)]
    assert lengths == [10 * 3600, 8 * 3600]


def test_midnights_are_those_of_the_place() -> None:
    since = _at("2026-10-24T12:00")
    found = [HOURS.local(moment) for moment in HOURS.midnights(since, since + timedelta(days=2).total_seconds())]
    assert [f"{moment:%d %H:%M}" for moment in found] == ["25 00:00", "26 00:00"]


def test_a_stack_with_support_hours_works_in_those_and_another_where_its_people_are_on_call() -> None:
    found = [hours_of(catalog.stack(name)) for name in ("staging", "prod")]
    assert {hours.time_zone for hours in found} == {"America/Los_Angeles"}
    assert {(hours.start, hours.end, hours.weekdays) for hours in found} == {(time(9), time(17), (1, 2, 3, 4, 5))}
