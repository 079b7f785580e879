"""Shifts: those of the layers, to the second, over every change of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rota_strategies import overrides, schedules
from rota_walked import walked

from monitors.alerting.oncall import on_call
from monitors.alerting.rota import Override, Shift, shifts, turn_at
from monitors.spec import Layer, Restriction, Schedule

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN, LOS_ANGELES = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Los_Angeles")


def schedule(*layers: Layer, zone: str = "Europe/Berlin") -> Schedule:
    return Schedule(key="primary", name="Primary", team="ai", time_zone=zone, layers=layers)


def layer(
    *users: str,
    start: str,
    turn_seconds: int = 604_800,
    name: str = "Layer",
    restrictions: tuple[Restriction, ...] = (),
) -> Layer:
    return Layer(name=name, start=start, turn_seconds=turn_seconds, users=users, restrictions=restrictions)


def hours(start: str, duration_seconds: int) -> Restriction:
    return Restriction(kind="daily", start=start, duration_seconds=duration_seconds)


def lengths(found: tuple[Shift, ...]) -> list[tuple[str | None, timedelta]]:
    return [(shift.user, shift.end - shift.start) for shift in found]


def at(found: tuple[Shift, ...], moment: datetime) -> Shift:
    return next(shift for shift in found if shift.start <= moment < shift.end)


@settings(max_examples=40, deadline=None)
@given(drawn=schedules(), data=st.data())
def test_every_minute_has_whom_a_clock_watched_minute_by_minute_gives(
    drawn: tuple[Schedule, datetime], data: st.DataObject
) -> None:
    one, around = drawn
    stand_ins = tuple(data.draw(st.lists(overrides(around), max_size=2)))
    start, end = around - DAY, around + DAY
    found = shifts(one, start, end, stand_ins)
    for moment, user, layer_name in walked(one, start, end, MINUTE, stand_ins):
        shift = at(found, moment)
        assert (shift.user, shift.layer) == (user, layer_name), moment
        assert on_call(one, moment, stand_ins) == user, moment


@settings(max_examples=25, deadline=None)
@given(drawn=schedules())
def test_every_second_around_a_change_of_the_clock_is_right(drawn: tuple[Schedule, datetime]) -> None:
    one, around = drawn
    start, end = around - HOUR / 2, around + HOUR / 2
    found = shifts(one, start, end)
    expected = [(user, name) for _, user, name in walked(one, start, end, SECOND)]
    starts = [int((shift.start - start) / SECOND) for shift in found]
    told = [
        (shift.user, shift.layer)
        for shift, (low, high) in zip(found, pairwise([*starts, 3600]), strict=True)
        for _ in range(low, high)
    ]
    assert told == expected


@settings(max_examples=60, deadline=None)
@given(drawn=schedules(), days=st.integers(1, 40))
def test_shifts_are_ascending_without_a_gap_and_neighbours_differ(drawn: tuple[Schedule, datetime], days: int) -> None:
    one, around = drawn
    found = shifts(one, around - days * DAY, around + days * DAY)
    assert (found[0].start, found[-1].end) == (around - days * DAY, around + days * DAY)
    for before, after in pairwise(found):
        assert before.start < before.end == after.start
        assert (before.user, before.layer) != (after.user, after.layer)
        assert turn_at(one, after.start - timedelta.resolution) != turn_at(one, after.start)


@settings(max_examples=60, deadline=None)
@given(drawn=schedules(), offset=st.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_shifts_of_a_part_are_those_of_the_whole(drawn: tuple[Schedule, datetime], offset: timedelta) -> None:
    one, around = drawn
    whole = shifts(one, around - 5 * DAY, around + 5 * DAY)
    start, end = around + offset, around + offset + DAY
    cut = [
        Shift(max(shift.start, start), min(shift.end, end), shift.user, shift.layer)
        for shift in whole
        if shift.start < end and start < shift.end
    ]
    assert list(shifts(one, start, end)) == cut


def test_a_weekly_turn_over_a_clock_put_forward_is_an_hour_shorter_and_back_an_hour_longer() -> None:
    weekly = schedule(layer("a", "b", start="2026-03-23T09:00:00+01:00"))
    spring = shifts(weekly, datetime(2026, 3, 23, 8, tzinfo=UTC), datetime(2026, 4, 6, 7, tzinfo=UTC))
    assert lengths(spring) == [("a", 7 * DAY - HOUR), ("b", 7 * DAY)]
    autumn = shifts(weekly, datetime(2026, 10, 19, 9, tzinfo=BERLIN), datetime(2026, 10, 26, 9, tzinfo=BERLIN))
    assert lengths(autumn) == [("a", 7 * DAY + HOUR)]


def test_a_handover_at_a_time_that_the_clock_shows_twice_happens_once_at_the_first() -> None:
    daily = schedule(layer("a", "b", start="2026-10-24T02:30:00+02:00", turn_seconds=86_400))
    night = shifts(daily, datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 4, tzinfo=UTC))
    assert lengths(night) == [("a", 2.5 * HOUR), ("b", 3.5 * HOUR)]
    assert on_call(daily, datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)) == "b"  # its clock shows 02:10 again


def test_a_handover_at_a_time_that_the_clock_skips_happens_when_it_skips_it() -> None:
    daily = schedule(layer("a", "b", start="2026-03-28T02:30:00+01:00", turn_seconds=86_400))
    night = shifts(daily, datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 3, tzinfo=UTC))
    assert [(shift.user, shift.start.hour) for shift in night] == [("a", 23), ("b", 1)]


def test_layers_that_adjoin_at_a_time_shown_twice_leave_no_gap_and_do_not_overlap() -> None:
    split = schedule(
        layer("early", start="2026-10-01T00:00:00+02:00", restrictions=(hours("00:00:00", 9_000),)),
        layer("late", start="2026-10-01T00:00:00+02:00", restrictions=(hours("02:30:00", 86_400 - 9_000),)),
    )
    found = shifts(split, datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
    assert lengths(found) == [("early", 2.5 * HOUR), ("late", 22.5 * HOUR)]


def test_hours_within_the_time_that_the_clock_skips_do_not_happen() -> None:
    short = schedule(layer("a", start="2026-03-01T00:00:00+01:00", restrictions=(hours("02:10:00", 1200),)))
    found = shifts(short, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC))
    assert lengths(found) == [(None, DAY)]


def test_a_night_over_the_change_ends_at_its_time_on_the_wall() -> None:
    nightly = schedule(layer("a", start="2026-01-01T00:00:00+01:00", restrictions=(hours("22:00:00", 8 * 3600),)))
    spring = shifts(nightly, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC))
    autumn = shifts(nightly, datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC))
    assert [length for user, length in lengths(spring) + lengths(autumn) if user] == [7 * HOUR, 9 * HOUR]


def test_lord_howes_clock_moves_turns_by_half_an_hour() -> None:
    daily = schedule(
        layer("a", "b", start="2026-04-01T09:00:00+11:00", turn_seconds=86_400), zone="Australia/Lord_Howe"
    )
    found = shifts(daily, datetime(2026, 4, 2, 22, tzinfo=UTC), datetime(2026, 4, 5, 22, 30, tzinfo=UTC))
    assert [length for _, length in lengths(found)] == [DAY, DAY + HOUR / 2, DAY]


def test_turns_of_hours_go_on_through_the_change() -> None:
    hourly = schedule(layer("a", "b", start="2026-10-25T00:00:00+02:00", turn_seconds=3600))
    found = shifts(hourly, datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 4, tzinfo=UTC))
    assert lengths(found) == [(user, HOUR) for user in "ababab"]


def test_an_override_stands_in_and_of_two_the_last_given_holds() -> None:
    weekly = schedule(layer("a", start="2026-01-05T09:00:00+01:00"))
    start = datetime(2026, 2, 2, tzinfo=UTC)
    stand_ins = (
        Override("primary", "b", start + HOUR, start + 5 * HOUR),
        Override("primary", "c", start + 2 * HOUR, start + 3 * HOUR),
        Override("other", "d", start, start + DAY),
    )
    found = shifts(weekly, start, start + 6 * HOUR, stand_ins)
    assert [(shift.user, shift.layer) for shift in found] == [
        ("a", "Layer"),
        ("b", None),
        ("c", None),
        ("b", None),
        ("a", "Layer"),
    ]
    assert on_call(weekly, start + 2 * HOUR, stand_ins) == "c"


def test_before_its_first_layer_a_schedule_has_nobody() -> None:
    one = schedule(layer("a", start="2026-02-02T09:00:07+01:00"))
    found = shifts(one, datetime(2026, 2, 2, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC))
    assert [(shift.user, shift.layer) for shift in found] == [(None, None), ("a", "Layer")]
    assert found[1].start == datetime(2026, 2, 2, 8, 0, 7, tzinfo=UTC)


def test_moments_of_the_same_zone_are_not_compared_by_its_clock() -> None:
    """The hour between them is shown twice: by the clock the end comes first."""
    one = schedule(layer("a", start="2026-01-05T09:00:00+01:00"))
    start = datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN)
    assert lengths(shifts(one, start, datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN, fold=1))) == [("a", HOUR / 2)]


@pytest.mark.parametrize("length", [timedelta(0), -DAY])
def test_no_time_has_no_shifts(length: timedelta) -> None:
    one = schedule(layer("a", start="2026-01-05T09:00:00+01:00"))
    moment = datetime(2026, 2, 2, tzinfo=UTC)
    assert shifts(one, moment, moment + length) == ()
