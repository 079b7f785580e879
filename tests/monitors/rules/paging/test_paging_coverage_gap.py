"""paging/coverage-gap: at every time of the week a page of prod reaches somebody."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings
from response_cases import escalating

from monitors import spec
from monitors.rules.paging.coverage_gap import CHECK
from monitors.rules.problem import Level

DAY = build.restriction(start="08:00:00", duration_seconds=16 * 3600)
NIGHT = build.restriction(start="00:00:00", duration_seconds=8 * 3600)


def schedule(key: str, *restrictions: spec.Restriction, zone: str = "Etc/UTC") -> spec.Schedule:
    layer = build.layer(restrictions=restrictions)
    return build.schedule(key=key, name=f"Rota {key}", layers=(layer,), time_zone=zone)


def level(*keys: str) -> spec.EscalationLevel:
    return build.escalation_level(targets=tuple(build.schedule_target(schedule=key) for key in keys))


def told(stack: spec.Stack) -> list[tuple[str, Level | None]]:
    return [(one.message, one.level) for one in findings(CHECK, stack)]


def test_a_time_at_which_no_level_has_anybody_is_an_error() -> None:
    assert told(escalating(level("primary"), schedules=(schedule("primary", DAY),))) == [
        ("A SEV1 reaches nobody every day from 00:00 to 08:00 (Etc/UTC), 56 hours of a week (33 %).", None)
    ]


def test_a_gap_over_the_weekend_is_told_in_one_piece() -> None:
    days = tuple(
        build.restriction(kind="weekly", weekday=day, start="00:00:00", duration_seconds=86_400) for day in range(1, 6)
    )
    assert told(escalating(level("primary"), schedules=(schedule("primary", *days),))) == [
        ("A SEV1 reaches nobody Saturday 00:00 to Monday 00:00 (Etc/UTC), 48 hours of a week (29 %).", None)
    ]


def test_a_gap_of_the_first_level_alone_is_a_warning() -> None:
    stack = escalating(level("primary"), level("backup"), schedules=(schedule("primary", DAY), schedule("backup")))
    assert told(stack) == [
        (
            "Nobody of the first level is on call every day from 00:00 to 08:00 (Etc/UTC), 56 hours of a week (33 %): "
            "level 2 is called at once.",
            Level.WARNING,
        )
    ]


def test_schedules_that_complete_each_other_leave_no_gap() -> None:
    schedules = (schedule("primary", DAY), schedule("night", NIGHT))
    assert told(escalating(level("primary", "night"), schedules=schedules)) == []


def test_schedules_in_two_time_zones_gap_when_one_changes_its_clocks_alone() -> None:
    """08:00 to 24:00 in Paris and 00:00 to 08:00 in Paris's winter, kept in UTC: in summer an hour is left."""
    night = build.restriction(start="23:00:00", duration_seconds=8 * 3600)
    schedules = (schedule("primary", DAY, zone="Europe/Paris"), schedule("night", night))
    assert told(escalating(level("primary", "night"), schedules=schedules)) == [
        ("A SEV1 reaches nobody every day from 22:00 to 23:00 (Etc/UTC), 7 hours of a week (4 %).", None)
    ]


def test_a_user_who_is_named_is_always_there() -> None:
    last = build.escalation_level(targets=(build.user_target(),))
    found = told(escalating(level("primary"), last, schedules=(schedule("primary", DAY),)))
    assert [one[1] for one in found] == [Level.WARNING]


def test_staging_is_not_judged() -> None:
    response = build.response(schedules=(schedule("primary", DAY),))
    assert told(build.stack(name="staging", response=response)) == []
