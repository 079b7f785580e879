"""Teams, schedules and escalation policies: PagerDuty's limits."""

from __future__ import annotations

import pytest
from spec_builders import escalation_level, escalation_policy, layer, restriction, schedule, team, user, user_target
from spec_refusals import Builder, case, refusal

REFUSED = (
    case(
        user,
        "user \"engineer\": field role is 'on': string should have at least 3 characters. Name the role, "
        "not the person.",
        role="on",
    ),
    case(
        user,
        "user \"engineer\": field role is 'engineer ': it begins or ends with a space, or holds a line "
        "break or another unprintable character. Name the role, not the person.",
        role="engineer ",
    ),
    case(
        team,
        'team "AI team": field members is (): value should have at least 1 item, not 0. Name at least one member.',
        members=(),
    ),
    case(
        team,
        "team \"AI team\": field members is ('engineer', 'engineer'): the same engineer is given "
        "more than once. Name at least one member.",
        members=("engineer", "engineer"),
    ),
    case(
        restriction,
        "restriction: field start is '9:00': string should match pattern "
        "'^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$'. Write a time of day as HH:MM:SS, such as 09:00:00.",
        start="9:00",
    ),
    case(
        restriction,
        "restriction: field duration_seconds is 59: input should be greater than or equal to 60. "
        "PagerDuty takes less than a week; give 60 to 604,799 s.",
        duration_seconds=59,
    ),
    case(
        restriction,
        "restriction: field duration_seconds is 604800: input should be less than or equal to 604799. "
        "PagerDuty takes less than a week; give 60 to 604,799 s.",
        kind="weekly",
        weekday=1,
        duration_seconds=604_800,
    ),
    case(
        restriction,
        "restriction: duration_seconds 86400 is a day or longer; a daily restriction is shorter.",
        duration_seconds=86_400,
    ),
    case(
        restriction,
        "restriction: kind is weekly and weekday is None: give a weekday with weekly and with no other.",
        kind="weekly",
    ),
    case(
        restriction,
        "restriction: kind is daily and weekday is 1: give a weekday with weekly and with no other.",
        weekday=1,
    ),
    case(
        restriction, "restriction: field weekday is 8: input should be 1, 2, 3, 4, 5, 6 or 7.", kind="weekly", weekday=8
    ),
    case(
        layer,
        "schedule layer \"Weekly\": start is '2026-01-05T09:00:00'; a time with offset such as "
        "2026-01-05T09:00:00+00:00 is needed.",
        start="2026-01-05T09:00:00",
    ),
    case(
        layer,
        "schedule layer \"Weekly\": start is '20260105T090000+0000'; a time with offset such as "
        "2026-01-05T09:00:00+00:00 is needed.",
        start="20260105T090000+0000",
    ),
    case(
        layer,
        "schedule layer \"Weekly\": start is '2026-13-05T09:00:00+00:00'; a time with offset such as "
        "2026-01-05T09:00:00+00:00 is needed.",
        start="2026-13-05T09:00:00+00:00",
    ),
    case(
        layer,
        'schedule layer "Weekly": field turn_seconds is 3599: input should be greater than or equal to '
        "3600. PagerDuty takes 1 hour to 365 days.",
        turn_seconds=3599,
    ),
    case(
        layer,
        'schedule layer "Weekly": field turn_seconds is 31536001: input should be less than or equal to '
        "31536000. PagerDuty takes 1 hour to 365 days.",
        turn_seconds=365 * 86_400 + 1,
    ),
    case(
        layer,
        'schedule layer "Weekly": field users is (): tuple should have at least 1 item, not 0. Name at least one user.',
        users=(),
    ),
    case(
        schedule,
        "schedule \"Primary\": field time_zone is 'UTC': string should match pattern "
        "'^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$'. Use an IANA name such as Europe/Paris or Etc/UTC (PagerDuty's "
        'provider refuses a bare "UTC").',
        time_zone="UTC",
    ),
    case(
        schedule,
        "schedule \"Primary\": field time_zone is 'Europe/Atlantis': the time-zone database has no such "
        "zone. Use an IANA name such as Europe/Paris or Etc/UTC (PagerDuty's provider refuses a bare "
        '"UTC").',
        time_zone="Europe/Atlantis",
    ),
    case(
        schedule,
        'schedule "Primary": field layers is (): tuple should have at least 1 item, not 0. Give '
        "at least one layer, or nobody is on call.",
        layers=(),
    ),
    case(
        escalation_level,
        "escalation level: field targets is (): tuple should have at least 1 item, not 0. Give 1 to 10 targets.",
        targets=(),
    ),
    case(
        escalation_level,
        "escalation level: field targets.0 is 'engineer': ScheduleTarget or UserTarget is needed. Give 1 "
        "to 10 targets.",
        targets=("engineer",),
    ),
    case(
        escalation_level,
        "escalation level: field targets is (UserTarget(user='engineer'), "
        "UserTarget(user='engineer')): the same escalation target is given more than once. Give 1 "
        "to 10 targets.",
        targets=(user_target(), user_target()),
    ),
    case(
        escalation_level,
        "escalation level: field targets is (UserTarget(user='engineer-0'), "
        "UserTarget(user='engineer-1'), UserTarget(user='engineer-2'), "
        "UserTarget(user='engineer-...: tuple should have at most 10 items, not 11. Give 1 to 10 "
        "targets.",
        targets=tuple(user_target(user=f"engineer-{n}") for n in range(11)),
    ),
    case(
        escalation_level,
        "escalation level: field delay_minutes is 0: input should be greater than or equal to 1. Give 1 "
        "to 1,440 minutes (a day).",
        delay_minutes=0,
    ),
    case(
        escalation_level,
        "escalation level: field delay_minutes is 1441: input should be less than or equal to 1440. Give "
        "1 to 1,440 minutes (a day).",
        delay_minutes=1441,
    ),
    case(
        escalation_policy,
        'escalation policy "SEV1": field levels is (): tuple should have at least 1 item, not 0. Give 1 to 20 levels.',
        levels=(),
    ),
    case(
        escalation_policy,
        'escalation policy "SEV1": field levels is (escalation level, escalation level, '
        "escalation level, escalation level, escalation level, escalation level, escalation ...: "
        "tuple should have at most 20 items, not 21. Give 1 to 20 levels.",
        levels=(escalation_level(),) * 21,
    ),
    case(
        escalation_policy,
        'escalation policy "SEV1": field loops is 10: input should be less than or equal to 9. PagerDuty '
        "repeats up to 9 times.",
        loops=10,
    ),
    case(
        team,
        "team \"ab\": field name is 'ab': string should have at least 3 characters. Use 3 to 100 "
        "characters on one line.",
        name="ab",
    ),
    case(
        team,
        "team "
        '"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'
        'nnnnnn": field name is '
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnn': string should have at most 100 characters. Use 3 to 100 characters on one line.",
        name="n" * 101,
    ),
    case(
        user,
        'user "engineer": field role is '
        "'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"
        "rrrrrr': string should have at most 100 characters. Name the role, not the person.",
        role="r" * 101,
    ),
    case(
        escalation_policy,
        'escalation policy "SEV1": field loops is -1: input should be greater than or equal to 0. '
        "PagerDuty repeats up to 9 times.",
        loops=-1,
    ),
)


@pytest.mark.parametrize(("build", "changes", "message"), REFUSED)
def test_it_is_refused_with_its_field_its_value_and_what_to_write_instead(
    build: Builder, changes: dict[str, object], message: str
) -> None:
    assert refusal(build, **changes) == message


@pytest.mark.parametrize("start", ["2026-01-05T09:00:00Z", "2026-01-05T09:00:00+00:00", "2026-01-05T09:00:00-08:00"])
def test_a_rotation_starts_at_a_time_with_any_offset(start: str) -> None:
    assert layer(start=start).start == start


def test_the_same_user_may_take_several_turns_of_a_rotation() -> None:
    assert layer(users=("engineer", "lead", "engineer")).users == ("engineer", "lead", "engineer")


def test_a_weekly_restriction_may_be_a_second_short_of_a_week() -> None:
    assert restriction(kind="weekly", weekday=1, duration_seconds=604_799).duration_seconds == 604_799
