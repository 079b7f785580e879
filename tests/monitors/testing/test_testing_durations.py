"""Times as cases write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.testing.durations import duration_text, seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("0s", 0), ("45s", 45), ("90s", 90), ("5m30s", 330), ("6h", 21_600), ("1d6h", 108_000)],
)
def test_a_time_is_so_many_seconds(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@given(st.integers(0, 366 * 86_400))
def test_seconds_written_and_read_are_the_same(seconds: int) -> None:
    assert seconds_of(duration_text(seconds)) == seconds


def test_a_fraction_of_a_second_is_shown() -> None:
    assert duration_text(90.5) == "90.5s"


@pytest.mark.parametrize("text", ["", "5", "m", "5 m", "30s5m", "5m5m", "-5m", "1.5h", "5min"])
def test_what_is_no_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no time; write days, hours, minutes and seconds as in 90s, 5m30s or"):
        seconds_of(text)


def test_more_than_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match="'367d' is more than a year; a case lasts a year at most"):
        seconds_of("367d")
