"""How the load is shared: every minute once, nights and weekends by the schedule's own clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from rota_stacks import policy, stack_of, weekdays
from rota_strategies import schedules

from monitors.alerting.oncall import on_call
from monitors.alerting.rota import LevelLoad, Load, Override, fairness
from monitors.catalog import stack
from monitors.spec import Layer, Restriction, Schedule

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 6, 1, 9, tzinfo=BERLIN)


def schedule(
    key: str, *users: str, restrictions: tuple[Restriction, ...] = (), zone: str = "Europe/Berlin"
) -> Schedule:
    layer = Layer(
        name="Layer", start="2026-01-05T09:00:00+01:00", turn_seconds=604_800, users=users, restrictions=restrictions
    )
    return Schedule(key=key, name=key.title(), team="ai", time_zone=zone, layers=(layer,))


def loads(found: tuple[Load, ...]) -> dict[str, Load]:
    return {load.user: load for load in found}


@settings(max_examples=12, deadline=None)
@given(first=schedules(whole_minutes=True), second=schedules(whole_minutes=True))
def test_every_minute_on_call_counts_once_and_at_night_and_weekend_by_the_schedules_clock(
    first: tuple[Schedule, datetime], second: tuple[Schedule, datetime]
) -> None:
    one, around = first
    both = one, second[0].model_copy(update={"key": "secondary", "name": "Secondary"})
    start = around - DAY
    found = fairness(stack_of(both, [policy("sev1", ["primary"], ["secondary"])]), start, 2)
    counts: dict[str, list[int]] = {load.user: [0, 0, 0] for load in found}
    for minute in range(2 * 24 * 60):
        at = start + minute * MINUTE
        times = [(on_call(each, at), at.astimezone(ZoneInfo(each.time_zone))) for each in both]
        for user in {user for user, _ in times if user is not None}:
            shown = [local for name, local in times if name == user]
            counts[user][0] += 1
            counts[user][1] += any(local.hour >= 22 or local.hour < 7 for local in shown)
            counts[user][2] += any(local.isoweekday() > 5 for local in shown)
    for load in found:
        assert [load.on_call, load.night_time, load.weekend_time] == [count * MINUTE for count in counts[load.user]]


def test_a_weeks_turn_is_seven_nights_and_one_weekend() -> None:
    found = loads(fairness(stack_of([schedule("primary", "a", "b")], [policy("sev1", ["primary"])]), MONDAY, 7))
    load = found["b"]
    assert (load.on_call, load.longest_stretch) == (7 * DAY, 7 * DAY)
    assert (load.nights, load.night_time) == (7, 63 * HOUR)
    assert (load.weekends, load.weekend_days, load.weekend_time) == (1, 2, 2 * DAY)
    assert (found["a"].on_call, found["a"].share, found["a"].nights) == (timedelta(0), 0.0, 0)


def test_a_night_over_the_spring_change_is_an_hour_shorter() -> None:
    start = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    found = fairness(stack_of([schedule("primary", "a")], [policy("sev1", ["primary"])]), start, 1)
    assert (found[0].night_time, found[0].on_call) == (8 * HOUR, 23 * HOUR)


def test_working_hours_touch_no_night_and_no_weekend() -> None:
    office = schedule("primary", "a", restrictions=weekdays("09:00:00", 8))
    load = fairness(stack_of([office], [policy("sev1", ["primary"])]), MONDAY, 14)[0]
    assert (load.nights, load.weekends, load.longest_stretch) == (0, 0, 8 * HOUR)


def test_an_evening_until_eleven_touches_nights_for_an_hour_each() -> None:
    evening = Restriction(kind="daily", start="18:00:00", duration_seconds=5 * 3600)
    one = schedule("primary", "a", restrictions=(evening,))
    load = fairness(stack_of([one], [policy("sev1", ["primary"])]), MONDAY, 7)[0]
    assert (load.nights, load.night_time) == (7, 7 * HOUR)


def test_somebody_on_two_schedules_at_once_is_counted_once_and_on_each_level() -> None:
    both = [schedule("primary", "a"), schedule("secondary", "a")]
    load = fairness(stack_of(both, [policy("sev1", ["primary"], ["secondary"])]), MONDAY, 7)[0]
    assert (load.on_call, load.share) == (7 * DAY, 1.0)
    assert load.levels == (LevelLoad(1, 7 * DAY, 1.0), LevelLoad(2, 7 * DAY, 1.0))


def test_turns_on_two_schedules_in_a_row_are_one_stretch() -> None:
    both = [schedule("primary", "a", "b"), schedule("secondary", "b", "a")]
    found = loads(fairness(stack_of(both, [policy("sev1", ["primary"], ["secondary"])]), MONDAY, 28))
    assert found["a"].longest_stretch == 28 * DAY


def test_somebody_whom_a_policy_names_is_always_on_call() -> None:
    found = loads(fairness(stack_of([schedule("primary", "a")], [policy("sev1", ["primary"], ["z"])]), MONDAY, 7))
    assert (found["z"].on_call, found["z"].nights, found["z"].levels) == (7 * DAY, 7, (LevelLoad(2, 7 * DAY, 1.0),))


def test_a_schedule_that_no_policy_asks_wakes_nobody() -> None:
    two = [schedule("primary", "a"), schedule("unused", "b")]
    assert set(loads(fairness(stack_of(two, [policy("sev1", ["primary"])]), MONDAY, 7))) == {"a"}


def test_an_override_moves_the_load() -> None:
    holiday = Override("primary", "b", MONDAY + DAY, MONDAY + 2 * DAY)
    one = stack_of([schedule("primary", "a")], [policy("sev1", ["primary"])])
    found = loads(fairness(one, MONDAY, 7, (holiday,)))
    assert (found["a"].on_call, found["b"].on_call, found["b"].nights) == (6 * DAY, DAY, 1)
    assert found["a"].share == pytest.approx(6 / 7)


def test_in_production_engineers_of_a_team_carry_the_same_within_a_turn() -> None:
    start = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("America/Los_Angeles"))
    found = [load for load in fairness(stack("prod"), start, 9 * 7 * 2) if load.user.startswith("ai-engineer")]
    assert max(load.on_call for load in found) - min(load.on_call for load in found) <= HOUR
    assert {load.weekends for load in found} == {12}
