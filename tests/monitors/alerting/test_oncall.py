"""Who is on call: turns, restrictions, layers, daylight-saving changes, and levels that reach nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.alerting.oncall import Step, escalation, next_on_call, on_call
from monitors.spec import (
    EscalationLevel,
    EscalationPolicy,
    Layer,
    Restriction,
    Schedule,
    ScheduleTarget,
    UserTarget,
)

WEEK_SECONDS = 604_800
PARIS = ZoneInfo("Europe/Paris")


def schedule(*layers: Layer, zone: str = "Etc/UTC", key: str = "primary") -> Schedule:
    return Schedule(key=key, name="Primary", team="ai", time_zone=zone, layers=layers)


def layer(
    *users: str,
    start: str = "2026-01-05T09:00:00+00:00",
    turn_seconds: int = WEEK_SECONDS,
    restrictions: tuple[Restriction, ...] = (),
) -> Layer:
    return Layer(name="Layer", start=start, turn_seconds=turn_seconds, users=users, restrictions=restrictions)


def working_hours() -> tuple[Restriction, ...]:
    return tuple(
        Restriction(kind="weekly", start="09:00:00", duration_seconds=8 * 3600, weekday=day)
        for day in (1, 2, 3, 4, 5)  # Monday to Friday
    )


def test_users_take_turns_in_order() -> None:
    weekly = schedule(layer("a", "b", "c"))
    first = datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert [on_call(weekly, first + timedelta(weeks=n)) for n in range(4)] == ["a", "b", "c", "a"]


def test_a_turn_ends_at_the_second_of_the_handover() -> None:
    weekly = schedule(layer("a", "b"))
    handover = datetime(2026, 1, 12, 9, tzinfo=UTC)
    assert (on_call(weekly, handover - timedelta(seconds=1)), on_call(weekly, handover)) == ("a", "b")


def test_nobody_is_on_call_before_the_start() -> None:
    assert on_call(schedule(layer("a")), datetime(2026, 1, 5, 8, 59, tzinfo=UTC)) is None


def test_a_handover_stays_at_its_local_time_over_a_daylight_saving_change() -> None:
    weekly = schedule(layer("a", "b", start="2026-03-23T09:00:00+01:00"), zone="Europe/Paris")
    handover = datetime(2026, 3, 30, 9, tzinfo=PARIS)  # clocks went forward on the 29th
    assert (on_call(weekly, handover - timedelta(seconds=1)), on_call(weekly, handover)) == ("a", "b")


def test_turns_shorter_than_a_day_are_counted_in_elapsed_time() -> None:
    hourly = schedule(layer("a", "b", start="2026-03-29T00:00:00+01:00", turn_seconds=3600), zone="Europe/Paris")
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert [on_call(hourly, start + timedelta(hours=n)) for n in range(4)] == ["a", "b", "a", "b"]


def test_a_restriction_leaves_the_other_hours_to_nobody() -> None:
    office = schedule(layer("a", restrictions=working_hours()))
    assert on_call(office, datetime(2026, 1, 6, 16, 59, tzinfo=UTC)) == "a"
    assert on_call(office, datetime(2026, 1, 6, 17, tzinfo=UTC)) is None
    assert on_call(office, datetime(2026, 1, 10, 12, tzinfo=UTC)) is None  # a Saturday


def test_a_daily_restriction_runs_over_midnight() -> None:
    night = Restriction(kind="daily", start="22:00:00", duration_seconds=8 * 3600)
    nightly = schedule(layer("a", restrictions=(night,)))
    assert on_call(nightly, datetime(2026, 1, 7, 5, 59, tzinfo=UTC)) == "a"
    assert on_call(nightly, datetime(2026, 1, 7, 6, tzinfo=UTC)) is None


def test_a_weekly_restriction_runs_into_the_next_week() -> None:
    weekend = Restriction(kind="weekly", start="18:00:00", duration_seconds=3 * 86_400, weekday=6)
    covered = schedule(layer("a", restrictions=(weekend,)))
    assert on_call(covered, datetime(2026, 1, 13, 17, 59, tzinfo=UTC)) == "a"  # the Tuesday after
    assert on_call(covered, datetime(2026, 1, 13, 18, tzinfo=UTC)) is None


def test_a_later_layer_covers_an_earlier_one_only_where_it_has_somebody() -> None:
    layered = schedule(layer("always"), layer("office", restrictions=working_hours()))
    assert on_call(layered, datetime(2026, 1, 6, 12, tzinfo=UTC)) == "office"
    assert on_call(layered, datetime(2026, 1, 6, 20, tzinfo=UTC)) == "always"


def test_an_escalation_waits_at_each_level_that_reaches_somebody() -> None:
    policy = EscalationPolicy(
        key="sev1",
        name="SEV1",
        team="ai",
        levels=(
            EscalationLevel(targets=(ScheduleTarget(schedule="primary"),), delay_minutes=5),
            EscalationLevel(targets=(UserTarget(user="lead"),), delay_minutes=10),
        ),
    )
    steps = escalation(policy, [schedule(layer("a"))], datetime(2026, 1, 6, tzinfo=UTC))
    assert steps == (Step(0, ("a",)), Step(5, ("lead",)))


def test_a_level_with_nobody_on_call_is_passed_over_without_waiting() -> None:
    policy = EscalationPolicy(
        key="sev1",
        name="SEV1",
        team="ai",
        levels=(
            EscalationLevel(targets=(ScheduleTarget(schedule="primary"),), delay_minutes=30),
            EscalationLevel(targets=(UserTarget(user="lead"),), delay_minutes=10),
        ),
    )
    office = schedule(layer("a", restrictions=working_hours()))
    assert escalation(policy, [office], datetime(2026, 1, 6, 3, tzinfo=UTC)) == (Step(0, ("lead",)),)


def test_the_next_on_call_is_found_over_a_weekend() -> None:
    office = schedule(layer("a", restrictions=working_hours()))
    assert next_on_call(office, datetime(2026, 1, 9, 17, 5, tzinfo=UTC)) == (datetime(2026, 1, 12, 9, tzinfo=UTC), "a")


def test_nobody_is_next_when_the_time_is_too_short() -> None:
    office = schedule(layer("a", restrictions=working_hours()))
    assert next_on_call(office, datetime(2026, 1, 10, tzinfo=UTC), timedelta(hours=3)) is None


@given(
    moment=st.datetimes(datetime(2026, 1, 5, 9), datetime(2027, 12, 31), timezones=st.just(UTC)),
    zone=st.sampled_from(["Etc/UTC", "Europe/Paris", "America/Los_Angeles", "Australia/Lord_Howe"]),
)
def test_an_unrestricted_rotation_always_has_somebody(moment: datetime, zone: str) -> None:
    assert on_call(schedule(layer("a", "b", "c"), zone=zone), moment) in ("a", "b", "c")


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Los_Angeles"])
def test_a_daily_rotation_agrees_with_counting_local_days(zone: str) -> None:
    tz = ZoneInfo(zone)
    users = ("a", "b", "c")
    start = datetime(2026, 1, 5, 0, 0, tzinfo=tz)
    daily = schedule(layer(*users, start=start.isoformat(), turn_seconds=86_400), zone=zone)
    for day in range(365):
        noon = datetime.combine(start.date() + timedelta(days=day), datetime.min.time(), tz).replace(hour=12)
        assert on_call(daily, noon) == users[day % 3]
