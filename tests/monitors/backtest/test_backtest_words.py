"""Durations, moments and values as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitors.backtest.hours import Hours
from monitors.backtest.words import duration, moment, number, span
from monitors.words import counted

BERLIN = Hours("Europe/Berlin")


def _at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (59.7, "1 min"),
        (60, "1 min"),
        (89, "1 min"),
        (3599, "1 h"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (86_400, "1 d"),
        (90_061, "1 d 1 h"),
        (86_460, "1 d"),
    ],
)
def test_a_duration_is_told_in_its_two_greatest_units(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_a_moment_is_told_on_the_clocks_of_the_people_on_call() -> None:
    assert moment(_at("2026-07-03T22:05"), BERLIN) == "Sat 4 Jul 00:05"


def test_a_stretch_within_a_day_names_the_day_once() -> None:
    assert span(_at("2026-07-03T08:00"), _at("2026-07-03T09:30"), BERLIN) == "Fri 3 Jul 10:00 to 11:30"
    assert span(_at("2026-07-03T21:00"), _at("2026-07-03T23:00"), BERLIN) == "Fri 3 Jul 23:00 to Sat 4 Jul 01:00"


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.05, "0.05"), (12_345.6, "12,346"), (5.0, "5"), (1 / 3, "0.3333"), (float("nan"), "no value")],
)
def test_a_value_has_no_more_digits_than_it_needs(value: float, told: str) -> None:
    assert number(value) == told


def test_a_count_has_its_thing_in_the_right_number() -> None:
    assert [counted(count, "page") for count in (0, 1, 1200)] == ["0 pages", "1 page", "1,200 pages"]
