"""paths/assertion: what is asserted of the ways to people holds at every moment, or the first is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import catalog
from monitors.rules.paths.assertion import CHECK
from monitors.rules.paths.proving import Assertions, Broken
from monitors.rules.paths.times import horizon
from monitors.spec import (
    Dates,
    Hours,
    IsTold,
    PathAssertion,
    Priority,
    Reaches,
    Severity,
    Stack,
    WakesNobody,
)

DAY = timedelta(days=1)
OFFICE = build.restriction(start="09:00:00", duration_seconds=8 * 3600)
NIGHT = Hours(time_zone="Etc/UTC", start="22:00:00", end="07:00:00")
WORK = Hours(time_zone="Etc/UTC", start="09:00:00", end="17:00:00")


def responding(*assertions: PathAssertion, users: tuple[str, ...] = ("engineer",), **response: Any) -> Stack:
    """Return a stack with assertions and a response of its own."""
    people = tuple(build.user(key=key, role=f"Role of {key}") for key in users)
    team = build.team(members=users)
    return build.stack(
        assertions=assertions, response=build.response(**{"users": people, "teams": (team,), **response})
    )


def asserting(expects: Reaches | WakesNobody | IsTold, **changes: Any) -> PathAssertion:
    one: PathAssertion = build.assertion(expects=expects, **changes)
    return one


def broken(stack: Stack) -> list[Broken]:
    proofs = Assertions(stack)
    return [one for assertion in stack.assertions for one in proofs.broken(assertion)]


def office(**changes: Any) -> Any:
    """Return a schedule with somebody on call from nine to five."""
    return build.schedule(layers=(build.layer(restrictions=(OFFICE,)),), **changes)


def test_every_assertion_of_the_catalogue_holds() -> None:
    for environment in catalog.STACKS:
        stack = catalog.stack(environment)
        assert stack.assertions
        assert broken(stack) == []


def test_somebody_who_is_always_on_call_is_always_reached() -> None:
    assert broken(responding(asserting(Reaches(within_minutes=0)))) == []


def test_the_whole_message_names_alert_time_length_reason_way_and_line() -> None:
    stack = responding(asserting(Reaches(within_minutes=5)), schedules=(office(),))
    (found,) = findings(CHECK, stack)
    assert found.subject.key == "assertion/sev1-reaches-somebody"
    assert found.message.split("\n") == [
        '"High errors" (SEV1) does not reach anybody within 5 minutes from Mon 2026-01-05 17:00 to Tue 2026-01-06 '
        "09:00 (Etc/UTC), and 364 more times, 243 days 8 h in all in the year from 2026-01-05.",
        'Asserted is: "Users are affected now."',
        'An issue of Mon 2026-01-05 17:00: workflow "Page" > PagerDuty destination "Pager" > PagerDuty service "AI '
        'SEV1" > escalation policy "SEV1": level 1 of 1: Loop 1: passed over without waiting, nobody is on call in '
        '"Primary".',
    ]
    line = stack.response.escalation_policies[0].declared_at
    assert found.advice == f"Mend the way, which leads by {line}, or change what is asserted."


def test_hours_leave_the_other_times_alone() -> None:
    covered = responding(asserting(Reaches(within_minutes=5), when=WORK), schedules=(office(),))
    assert broken(covered) == []


def test_a_time_that_is_short_by_seconds_is_found_to_the_second() -> None:
    restriction = build.restriction(start="00:00:10", duration_seconds=86_399)
    schedule = build.schedule(layers=(build.layer(start="2026-01-04T00:00:00+00:00", restrictions=(restriction,)),))
    stack = responding(asserting(Reaches(within_minutes=5)), schedules=(schedule,))
    (one,) = broken(stack)
    assert {end - start for start, end in one.spans} == {timedelta(seconds=1)}
    assert "from Sun 2026-01-04 00:00:09 to Sun 2026-01-04 00:00:10 (Etc/UTC)" in messages(CHECK, stack)[0]


def two_levels(minutes: int, **of_policy: Any) -> dict[str, Any]:
    """Return a response with a second person, who is asked so many minutes after the first."""
    levels = (
        build.escalation_level(delay_minutes=minutes),
        build.escalation_level(targets=(build.user_target(user="lead"),)),
    )
    return {
        "users": ("engineer", "lead"),
        "escalation_policies": (build.escalation_policy(levels=levels, **of_policy),),
    }


@pytest.mark.parametrize(("minutes", "holds"), [(15, True), (16, False)])
def test_a_level_that_is_asked_too_late_does_not_count(minutes: int, holds: bool) -> None:
    second = asserting(Reaches(within_minutes=15, people=2))
    lead = asserting(Reaches(within_minutes=15, user="lead"), key="lead")
    assert (broken(responding(second, lead, **two_levels(minutes))) == []) is holds


def test_the_way_tells_whom_it_reaches_and_when() -> None:
    stack = responding(asserting(Reaches(within_minutes=15, people=2)), **two_levels(30))
    (message,) = messages(CHECK, stack)
    assert message.startswith(
        '"High errors" (SEV1) does not reach 2 different people within 15 minutes at any time of the year from '
        "2026-01-05."
    )
    assert message.endswith('escalation policy "SEV1": Role of engineer at once; Role of lead after 30 min.')


def test_the_same_person_twice_is_one_person() -> None:
    levels = (build.escalation_level(), build.escalation_level(targets=(build.user_target(),)))
    policies = (build.escalation_policy(levels=levels),)
    assert broken(responding(asserting(Reaches(within_minutes=15, people=2)), escalation_policies=policies)) != []


def test_only_people_of_the_team_count_where_one_is_named() -> None:
    teams = (build.team(), build.team(key="leads", name="Leads", members=("lead",)))
    late = two_levels(15)
    stack = responding(asserting(Reaches(within_minutes=5, team="leads")), **late, teams=teams)
    assert 'anybody of "Leads" within 5 minutes at any time' in messages(CHECK, stack)[0]
    assert broken(responding(asserting(Reaches(within_minutes=15, team="leads")), **late, teams=teams)) == []


def test_only_turns_of_the_schedule_count_where_one_is_named() -> None:
    stack = responding(
        asserting(Reaches(within_minutes=60, schedule="primary")),
        escalation_policies=(
            build.escalation_policy(levels=(build.escalation_level(targets=(build.user_target(),)),)),
        ),
    )
    assert 'anybody by "Primary" within 60 minutes at any time' in messages(CHECK, stack)[0]


@pytest.mark.parametrize(("seconds", "holds"), [(600, False), (601, True)])
def test_a_service_that_resolves_by_itself_asks_nobody_later(seconds: int, holds: bool) -> None:
    services = (build.service(auto_resolve_seconds=seconds),)
    expected = asserting(Reaches(within_minutes=15, user="lead"))
    assert (broken(responding(expected, **two_levels(10), services=services)) == []) is holds


def test_low_urgency_reaches_nobody() -> None:
    services = (build.service(urgency=build.urgency(urgency="low")),)
    stack = responding(asserting(Reaches(within_minutes=5)), services=services)
    assert messages(CHECK, stack)[0].endswith("Role of engineer with low urgency at once.")


def test_what_support_hours_raise_in_time_is_reached() -> None:
    hours = build.support_hours(time_zone="Etc/UTC", weekdays=(1, 2, 3, 4, 5, 6, 7), raise_at_start=True)
    stack = responding(asserting(Reaches(within_minutes=60)), services=(build.service(urgency=hours),))
    (one,) = broken(stack)
    first = datetime(2026, 1, 5, 17, tzinfo=UTC)  # until eight in the morning: what comes later waits an hour at most
    assert one.spans[0] == (first, first + timedelta(hours=15))


def test_an_event_rule_that_may_suppress_is_told_at_its_worst() -> None:
    rule = build.event_rule(condition="event.summary matches part 'test'", note=None, suppress=True)
    stack = responding(asserting(Reaches(within_minutes=5)), services=(build.service(event_rules=(rule,)),))
    assert "at any time" in messages(CHECK, stack)[0]
    quiet = asserting(WakesNobody())
    woken = broken(responding(quiet, services=(build.service(event_rules=(rule,)),)))
    assert woken[0].user == "engineer"


def test_a_muted_policy_reaches_nobody_until_the_window_ends() -> None:
    stack = build.stack(
        assertions=(asserting(Reaches(within_minutes=5)),),
        observability=build.observability(muting_rules=(build.muting_rule(time_zone="Etc/UTC"),)),
    )
    (one,) = broken(stack)
    start = datetime(2026, 1, 6, 15, tzinfo=UTC)
    assert one.spans[0] == (start, start + timedelta(minutes=25))
    assert len(one.spans) == 52
    assert 'muting rule "Deploys" > workflow "Page"' in messages(CHECK, stack)[0]


def test_nights_of_which_somebody_is_woken_name_them_and_the_moment() -> None:
    stack = responding(asserting(WakesNobody(), when=NIGHT))
    (one,) = broken(stack)
    assert one.user == "engineer"
    assert messages(CHECK, stack)[0].startswith(
        '"High errors" (SEV1) wakes Role of engineer from Mon 2026-01-05 22:00 to Tue 2026-01-06 07:00 (Etc/UTC), and '
        "364 more times"
    )


def test_an_incident_of_the_evening_that_escalates_into_the_night_wakes_somebody() -> None:
    late = build.schedule(
        key="late",
        name="Late",
        layers=(
            build.layer(users=("lead",), restrictions=(build.restriction(start="22:00:00", duration_seconds=3600),)),
        ),
    )
    levels = (
        build.escalation_level(delay_minutes=30),
        build.escalation_level(targets=(build.schedule_target(schedule="late"),)),
    )
    day = build.schedule(
        layers=(build.layer(restrictions=(build.restriction(start="07:00:00", duration_seconds=15 * 3600),)),)
    )
    hours = build.support_hours(
        time_zone="Etc/UTC", weekdays=(1, 2, 3, 4, 5, 6, 7), start="07:00:00", end="22:00:00", outside="low"
    )
    stack = responding(
        asserting(WakesNobody(), when=NIGHT),
        users=("engineer", "lead"),
        schedules=(day, late),
        escalation_policies=(build.escalation_policy(levels=levels, loops=0),),
        services=(build.service(urgency=hours),),
    )
    (one,) = broken(stack)
    ten = datetime(2026, 1, 5, 22, tzinfo=UTC)
    assert (one.user, one.spans[0]) == ("lead", (ten, ten + timedelta(minutes=30)))
    assert one.opens == ten - timedelta(minutes=30)


def test_a_weekly_gap_at_one_change_of_the_clock_alone_is_found() -> None:
    """Two halves of a day adjoin in one zone; the second schedule is in a zone that changes its clock elsewhen."""
    half = 12 * 3600
    zones = (("primary", "Europe/Berlin", "09:00:00"), ("secondary", "America/New_York", "15:00:00"))
    schedules = tuple(
        build.schedule(
            key=key,
            name=key.title(),
            time_zone=zone,
            layers=(build.layer(restrictions=(build.restriction(start=start, duration_seconds=half),)),),
        )
        for key, zone, start in zones
    )
    targets = tuple(build.schedule_target(schedule=key) for key, _, _ in zones)
    stack = responding(
        asserting(Reaches(within_minutes=5)),
        schedules=schedules,
        escalation_policies=(build.escalation_policy(levels=(build.escalation_level(targets=targets),)),),
    )
    (one,) = broken(stack)
    # Berlin changes its clock three weeks after New York in spring, a week before it in autumn.
    assert {start.month for start, _ in one.spans} == {3, 10}
    assert {end - start for start, end in one.spans} == {timedelta(hours=1)}


def test_dates_are_proved_wherever_they_are() -> None:
    holidays = Dates(time_zone="Etc/UTC", first="2031-12-24", last="2031-12-26")
    stack = responding(asserting(Reaches(within_minutes=5), when=holidays), schedules=(office(),))
    (one,) = broken(stack)
    assert one.within == (datetime(2031, 12, 24, tzinfo=UTC), datetime(2031, 12, 27, tzinfo=UTC))
    assert len(one.spans) == 4
    assert "in 2031-12-24 to 2031-12-26" in messages(CHECK, stack)[0]


def test_who_is_woken_on_dates_by_what_began_before_is_found() -> None:
    levels = (build.escalation_level(targets=(build.schedule_target(),), delay_minutes=60),)
    policies = (build.escalation_policy(levels=levels, loops=9),)
    day = Dates(time_zone="Etc/UTC", first="2026-03-01", last="2026-03-01")
    hours = build.support_hours(time_zone="Etc/UTC", weekdays=(6,), start="09:00:00", end="23:59:59", outside="low")
    services = (build.service(urgency=hours),)  # Saturday the last of February alone is of high urgency
    stack = responding(asserting(WakesNobody(), when=day), escalation_policies=policies, services=services)
    (one,) = broken(stack)
    assert one.opens < datetime(2026, 3, 1, tzinfo=UTC) == one.spans[0][0]


@pytest.mark.parametrize(("by", "holds"), [(("slack", "e-mail"), True), (("slack",), False), (("page",), False)])
def test_by_what_an_issue_is_told(by: Any, holds: bool) -> None:
    condition = build.condition(severity=Severity.SEV3)
    mail = build.workflow(
        key="mail", name="Mail", severities=(Severity.SEV3,), channels=(build.email_channel(),), priorities=(*Priority,)
    )
    stack = build.stack(
        assertions=(asserting(IsTold(by=by), severities=(Severity.SEV3,)),),
        observability=build.observability(
            policies=(build.policy(conditions=(condition,)),),
            workflows=(mail,),
            destinations=(build.email_destination(),),
        ),
    )
    assert (broken(stack) == []) is holds
    if not holds:
        assert messages(CHECK, stack)[0].endswith("An issue of Mon 2026-01-05 09:00: it is told by e-mail.")


def test_a_warning_counts_where_it_is_told_and_not_where_it_is_to_reach_somebody() -> None:
    condition = build.condition(warning=build.threshold(value=3))
    observability = build.observability(policies=(build.policy(conditions=(condition,)),))
    stack = build.stack(
        assertions=(asserting(Reaches(within_minutes=5)), asserting(IsTold(by=("page",)), key="told")),
        observability=observability,
    )
    assert [(one.assertion.key, one.priority) for one in broken(stack)] == [("told", Priority.HIGH)]


def test_a_disabled_alert_is_not_asked_about() -> None:
    observability = build.observability(
        policies=(build.policy(conditions=(build.condition(enabled=False), build.condition(key="more", name="More"))),)
    )
    stack = build.stack(assertions=(asserting(WakesNobody()),), observability=observability)
    assert [[condition.key for condition in one.conditions] for one in broken(stack)] == [["more"]]


def test_an_assertion_may_name_its_alerts() -> None:
    conditions = (build.condition(), build.condition(key="more", name="More"))
    observability = build.observability(policies=(build.policy(conditions=conditions),))
    stack = build.stack(assertions=(asserting(WakesNobody(), conditions=("more",)),), observability=observability)
    assert [[condition.key for condition in one.conditions] for one in broken(stack)] == [["more"]]


def test_the_year_begins_when_the_last_layer_has_begun() -> None:
    late = build.schedule(
        layers=(build.layer(), build.layer(name="Later", start="2026-06-01T09:00:00+02:00", users=("engineer",)))
    )
    start = datetime(2026, 6, 1, 7, tzinfo=UTC)
    assert horizon(responding(schedules=(late,))) == (start, start + 365 * DAY)


def test_without_assertions_nothing_is_told() -> None:
    assert findings(CHECK, responding(schedules=(office(),))) == []
