"""Times of a week as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.review.routing.weekly import inverse, merged, week_spans, when, window_spans, workday_spans
from monitors.rules.coverage import WEEK, Span, total

_HOUR, _DAY = 3600, 86_400
_MONDAY = datetime(2026, 1, 5)


def hours(day: int, start: int, end: int) -> Span:
    """Return the hours of a day, 0 being Monday, as seconds of the week."""
    return day * _DAY + start * _HOUR, day * _DAY + end * _HOUR


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([(0, WEEK)], "at every hour"),
        (workday_spans((1, 2, 3, 4, 5), "09:00:00", "17:00:00"), "from 09:00 to 17:00 on Monday to Friday"),
        (inverse(workday_spans((1, 2, 3, 4, 5), "09:00:00", "17:00:00")), "from 17:00 to 09:00 and at weekends"),
        (inverse(workday_spans((1, 3), "09:00:00", "17:00:00")), "outside 09:00 to 17:00 on Monday and Wednesday"),
        (window_spans(range(1, 8), _MONDAY.replace(hour=22), datetime(2026, 1, 6, 6)), "from 22:00 to 06:00 every day"),
        ([hours(1, 10, 11), hours(3, 10, 11)], "from 10:00 to 11:00 on Tuesday and Thursday"),
        ([hours(5, 0, 24)], "on Saturday"),
        ([hours(5, 9, 57)], "from Saturday 09:00 to Monday 09:00"),
        (
            [hours(0, 1, 2), hours(1, 3, 4), hours(2, 5, 6)],
            "from Monday 01:00 to Monday 02:00, from Tuesday 03:00 to Tuesday 04:00 and from Wednesday 05:00 to "
            "Wednesday 06:00",
        ),
    ],
)
def test_hours_of_a_week_are_told_as_people_say_them(spans: list[Span], words: str) -> None:
    assert when(merged(spans)) == words


def test_a_stretch_that_begins_before_the_week_s_end_goes_on_after_it() -> None:
    sunday = datetime(2026, 1, 4, 22, tzinfo=UTC)
    assert week_spans([(sunday, sunday + timedelta(hours=4))], "Etc/UTC") == [hours(0, 0, 2), hours(6, 22, 24)]


def test_a_whole_week_is_a_whole_week_on_the_clocks_of_every_zone() -> None:
    start = datetime(2026, 1, 7, 11, 30, tzinfo=UTC)
    for zone in ("Etc/UTC", "America/Los_Angeles", "Asia/Kathmandu"):
        assert week_spans([(start, start + timedelta(days=7))], zone) == [(0, WEEK)]


@given(st.lists(st.tuples(st.integers(0, WEEK - 1), st.integers(1, _DAY)), max_size=8))
def test_what_spans_leave_of_a_week_is_exactly_the_rest(starts: list[tuple[int, int]]) -> None:
    spans = merged((start, min(start + length, WEEK)) for start, length in starts)
    assert total(spans) + total(inverse(spans)) == WEEK
    assert merged([*spans, *inverse(spans)]) == [(0, WEEK)]
