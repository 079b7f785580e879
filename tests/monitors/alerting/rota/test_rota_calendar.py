"""The calendar: every minute at which a policy or a level has nobody, or somebody twice, and no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from rota_stacks import policy, stack_of, weekdays
from rota_strategies import schedules

from monitors.alerting.oncall import on_call
from monitors.alerting.rota import ClockChange, Double, Gap, Override, calendar
from monitors.catalog import stack
from monitors.spec import Layer, Schedule

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 1, 5, 9, tzinfo=LOS_ANGELES)


@settings(max_examples=12, deadline=None)
@given(first=schedules(), second=schedules(), named=st.booleans())
def test_every_minute_is_as_asking_every_level_at_that_minute(
    first: tuple[Schedule, datetime], second: tuple[Schedule, datetime], named: bool
) -> None:
    one, around = first
    other = second[0].model_copy(update={"key": "secondary", "name": "Secondary"})
    last: list[list[str | None]] = [["a"]] if named else []
    start = around - DAY / 2
    told = calendar(
        stack_of([one, other], [policy("sev1", ["primary"], ["secondary", "primary"], *([["a"]] if named else []))]),
        start,
        1,
    )
    for minute in range(24 * 60):
        at = start + minute * MINUTE
        first_user, second_user = on_call(one, at), on_call(other, at)
        people = [{first_user} - {None}, {first_user, second_user} - {None}, *({*users} for users in last)]
        assert any(gap.start <= at < gap.end for gap in told.gaps) is not any(people)
        empty = {gap.level for gap in told.empty_levels if gap.start <= at < gap.end}
        assert empty == {level for level, on_level in enumerate(people, 1) if not on_level}
        twice = {(two.user, two.levels) for two in told.doubles if two.start <= at < two.end}
        pairs = combinations(enumerate(people, 1), 2)
        assert twice == {(user, (low, high)) for (low, these), (high, those) in pairs for user in these & those}


def test_in_production_nothing_is_amiss_for_a_year() -> None:
    found = calendar(stack("prod"), MONDAY, 365)
    assert (found.gaps, found.empty_levels, found.doubles) == ((), (), ())


def test_in_staging_the_nights_are_open_from_the_second_at_which_people_go_home() -> None:
    found = calendar(stack("staging"), MONDAY, 7)
    first = found.gaps[0]
    evening = datetime(2026, 1, 5, 17, tzinfo=LOS_ANGELES)
    assert first == Gap("sev1", None, evening, evening + 16 * HOUR)
    friday = next(gap for gap in found.gaps if gap.end - gap.start > DAY)
    assert (friday.start, friday.end - friday.start) == (evening + 4 * DAY, 2 * DAY + 16 * HOUR)


def test_somebody_on_two_levels_is_told_with_the_time() -> None:
    start = "2026-01-05T09:00:00-08:00"
    weekly = [
        Schedule(
            key=key,
            name=key.title(),
            team="ai",
            time_zone="America/Los_Angeles",
            layers=(Layer(name="Layer", start=start, turn_seconds=604_800, users=users),),
        )
        for key, users in (("primary", ("a", "b")), ("secondary", ("b", "a", "a", "b")))
    ]
    found = calendar(stack_of(weekly, (policy("sev1", ("primary",), ("secondary",)),)), MONDAY, 28)
    assert found.doubles == (
        Double("sev1", "a", (1, 2), MONDAY + 14 * DAY, MONDAY + 21 * DAY),
        Double("sev1", "b", (1, 2), MONDAY + 21 * DAY, MONDAY + 28 * DAY),
    )


def test_an_override_can_put_somebody_on_two_levels() -> None:
    swap = Override("ai-secondary", "ai-engineer-a", MONDAY + DAY, MONDAY + 2 * DAY)
    found = calendar(stack("prod"), MONDAY, 7, (swap,))
    assert {(two.policy, two.user, two.levels) for two in found.doubles} == {
        ("sev1", "ai-engineer-a", (1, 2)),
        ("sev2", "ai-engineer-a", (1, 2)),
    }
    assert {(two.start, two.end) for two in found.doubles} == {(swap.start, swap.end)}


def test_changes_of_the_clock_are_marked_to_the_second_for_each_zone_once() -> None:
    found = calendar(stack("prod"), MONDAY, 365)
    assert found.clock_changes == (
        ClockChange("America/Los_Angeles", datetime(2026, 3, 8, 10, tzinfo=UTC), HOUR),
        ClockChange("America/Los_Angeles", datetime(2026, 11, 1, 9, tzinfo=UTC), -HOUR),
    )


def test_days_are_those_of_the_starts_own_clock() -> None:
    found = calendar(stack("prod"), datetime(2026, 3, 7, 9, tzinfo=LOS_ANGELES), 2)
    assert found.end - found.start == 47 * HOUR


def test_weekday_hours_leave_the_weekend_of_a_clock_change_an_hour_shorter() -> None:
    office = Schedule(
        key="primary",
        name="Primary",
        team="ai",
        time_zone="Europe/Berlin",
        layers=(
            Layer(
                name="Layer",
                start="2026-01-05T09:00:00+01:00",
                turn_seconds=604_800,
                users=("a",),
                restrictions=weekdays("09:00:00", 8),
            ),
        ),
    )
    start = datetime(2026, 3, 27, 17, tzinfo=ZoneInfo("Europe/Berlin"))
    found = calendar(stack_of((office,), (policy("sev1", ("primary",)),)), start, 3)
    assert found.gaps[0].end - found.gaps[0].start == 63 * HOUR
