"""What is told of people agrees, at any moment, with whom pages really reach on each side."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from routing_edits import AT, PROD, STAGING, response, texts, told, with_layers, with_policy, with_service

from monitors.alerting import Incident, Issue, notify
from monitors.alerting.oncall import on_call
from monitors.review.changes import Change, Danger
from monitors.review.context import Context
from monitors.review.routing.ladders import Asked, Ladder, Pager
from monitors.review.routing.sides import Sides
from monitors.review.routing.turns import DAYS, swaps, turns
from monitors.spec import (
    ConstantUrgency,
    EscalationLevel,
    Layer,
    Priority,
    Restriction,
    Schedule,
    ScheduleTarget,
    Service,
    Stack,
    SupportHours,
    UserTarget,
)

ZONES = ("America/Los_Angeles", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu")
AI_TEAM = ("ai-engineer-a", "ai-engineer-b", "ai-engineer-c", "engineering-lead")
POLICY = {"ai-sev1": "page-sev1", "ai-sev2": "page-sev2"}
CONDITION = {one.key: one.conditions[0].key for one in PROD.observability.policies}
# Some cross a change of clocks in one zone or another.
MOMENTS = st.sampled_from([AT, datetime(2026, 10, 20, 3, 17, tzinfo=UTC), datetime(2027, 3, 10, tzinfo=UTC)])
_CHECKS = settings(max_examples=40, deadline=None)


@st.composite
def restrictions(draw: st.DrawFn) -> tuple[Restriction, ...]:
    found = []
    for _ in range(draw(st.integers(0, 2))):
        start = f"{draw(st.integers(0, 23)):02}:{draw(st.sampled_from([0, 30])):02}:00"
        if draw(st.booleans()):
            hours = draw(st.integers(1, 23))
            found.append(Restriction(kind="daily", start=start, duration_seconds=hours * 3600))
        else:
            hours, day = draw(st.integers(1, 150)), draw(st.integers(1, 7))
            weekly: Any = {"kind": "weekly", "start": start, "duration_seconds": hours * 3600, "weekday": day}
            found.append(Restriction(**weekly))
    return tuple(found)


@st.composite
def layers(draw: st.DrawFn) -> tuple[Layer, ...]:
    return tuple(
        Layer(
            name=f"Layer {number}",
            start=f"2026-0{draw(st.integers(1, 9))}-05T0{draw(st.integers(0, 9))}:00:00-08:00",
            turn_seconds=draw(st.sampled_from([12 * 3600, 86_400, 3 * 86_400, 604_800, 14 * 86_400])),
            users=tuple(draw(st.lists(st.sampled_from(AI_TEAM), min_size=1, max_size=3))),
            restrictions=draw(restrictions()),
        )
        for number in range(draw(st.integers(1, 2)))
    )


@st.composite
def levels(draw: st.DrawFn) -> tuple[EscalationLevel, ...]:
    named: list[ScheduleTarget | UserTarget] = [
        ScheduleTarget(schedule="ai-primary"),
        ScheduleTarget(schedule="ai-secondary"),
        ScheduleTarget(schedule="platform-primary"),
        UserTarget(user="engineering-lead"),
    ]
    targets = st.sampled_from(named)
    return tuple(
        EscalationLevel(
            targets=tuple(draw(st.lists(targets, min_size=1, max_size=2, unique=True))),
            delay_minutes=draw(st.sampled_from([5, 10, 30])),
        )
        for _ in range(draw(st.integers(1, 3)))
    )


@st.composite
def urgencies(draw: st.DrawFn) -> ConstantUrgency | SupportHours:
    if draw(st.booleans()):
        return ConstantUrgency(urgency=draw(st.sampled_from(["high", "low", "severity_based"])))
    return SupportHours(
        time_zone=draw(st.sampled_from(ZONES)),
        weekdays=tuple(draw(st.lists(st.integers(1, 7), min_size=1, max_size=6, unique=True))),  # type: ignore[arg-type]  # hypothesis draws them from the days
        start="08:30:00",
        end=draw(st.sampled_from(["12:00:00", "20:00:00"])),
        inside=draw(st.sampled_from(["high", "low"])),
        outside=draw(st.sampled_from(["high", "low"])),
    )


@st.composite
def edited_stacks(draw: st.DrawFn) -> Stack:
    """Return the stack with some of what decides whom a page reaches edited."""
    stack = draw(st.sampled_from([PROD, STAGING]))
    if draw(st.booleans()):
        stack = with_layers("ai-primary", draw(layers()), stack)
    if draw(st.booleans()):
        stack = with_policy("sev1", stack, levels=draw(levels()))
    if draw(st.booleans()):
        stack = with_service("ai-sev1", stack, urgency=draw(urgencies()))
    if draw(st.booleans()):
        stack = with_service("ai-sev1", stack, auto_resolve_seconds=draw(st.sampled_from([300, 1200])))
    return stack


def really_paged(stack: Stack, policy: str, at: datetime) -> list[tuple[int, str, frozenset[str]]]:
    """Return who is notified when of a critical issue that nobody answers: minutes, urgency and users."""
    seconds = at.timestamp()
    incident = Incident(
        condition=CONDITION[policy],
        facet=(),
        priority="critical",
        cause="threshold",
        opened_at=seconds,
        closed_at=None,
        closed_because=None,
    )
    issue = Issue(policy, (incident,), seconds, None, None, Priority.CRITICAL, None, None)
    return [
        (round((paged.at - seconds) / 60), paged.urgency, frozenset(paged.users))
        for one in notify(stack, [issue])
        for paged in one.pages
    ]


def people(stack: Stack, ladder: Ladder, at: datetime) -> list[tuple[int, str, frozenset[str]]]:
    """Return a ladder with who is on call in its schedules then."""
    schedules = {one.key: one for one in stack.response.schedules}

    def user(asked: Asked, minutes: int) -> str:
        kind, key = asked
        named = key if kind == "user" else on_call(schedules[key], at + timedelta(minutes=minutes))
        assert named is not None
        return named

    found = [
        (minutes, "high", frozenset(user(one, minutes) for one in asked)) for minutes, asked in ladder.woken if asked
    ]
    return [*([(0, "low", frozenset(user(one, 0) for one in ladder.quiet))] if ladder.quiet else []), *found]


@_CHECKS
@given(edited_stacks(), st.sampled_from(["ai-sev1", "ai-sev2"]), MOMENTS, st.integers(0, 7 * 24 * 60))
def test_a_ladder_is_whom_a_page_of_that_moment_reaches(
    stack: Stack, service: str, start: datetime, minutes: int
) -> None:
    at = start + timedelta(minutes=minutes)
    sides = Sides(Context(stack, stack, start))
    ladder = Pager(sides.new, start, {}).ladder([service], at)
    real = really_paged(stack, POLICY[service], at)
    assert people(stack, ladder, at) == real[: len(people(stack, ladder, at))]
    assert bool(real) == bool(ladder.woken or ladder.quiet)


@_CHECKS
@given(edited_stacks(), st.sampled_from(["ai-sev1", "ai-sev2"]), MOMENTS, st.integers(0, 7 * 24 * 60))
def test_between_two_boundaries_a_page_asks_the_same(stack: Stack, service: str, start: datetime, minutes: int) -> None:
    at = start + timedelta(minutes=minutes)
    sides = Sides(Context(stack, stack, start))
    pager = Pager(sides.new, start, {})
    earlier = max((one for one in pager.boundaries(service) if one <= at), default=start)
    if earlier >= start:
        assert pager.ladder([service], earlier) == pager.ladder([service], at)


@_CHECKS
@given(edited_stacks(), edited_stacks(), MOMENTS, st.lists(st.integers(0, 7 * 24 * 60), min_size=5, max_size=5))
def test_where_nobody_is_told_otherwise_every_page_reaches_the_same_people(
    before: Stack, after: Stack, at: datetime, minutes: list[int]
) -> None:
    if before.name != after.name:
        return
    found = told(after, before, at)
    if any(one.danger > Danger.LOW for one in found):
        return
    for moment in (at + timedelta(minutes=one) for one in minutes):
        for policy in POLICY.values():
            # A change of how often the levels are asked again is told of the loops, and small where they are more.
            high = [
                _first_loop([one for one in really_paged(stack, policy, moment) if one[1] == "high"])
                for stack in (before, after)
            ]
            assert high[0] == high[1], moment


@_CHECKS
@given(edited_stacks(), MOMENTS, urgencies(), levels())
def test_a_page_that_reaches_others_at_some_moment_of_the_week_is_told(
    before: Stack, at: datetime, urgency: ConstantUrgency | SupportHours, levels: tuple[EscalationLevel, ...]
) -> None:
    after = with_service("ai-sev1", with_policy("sev1", before, levels=levels), urgency=urgency)
    said = [text for one in told(after, before, at) for text in texts(one)]
    told_of = any("SEV1 page" in text for text in said)
    sides = Sides(Context(before, after, at))
    pagers = [Pager(specs, at, {}) for specs in (sides.old, sides.new)]
    edges = {at, *(moment for pager in pagers for moment in pager.boundaries("ai-sev1"))}
    week = [moment for moment in edges if at <= moment < at + timedelta(days=7)]
    real = [[really_paged(stack, "page-sev1", moment) for moment in week] for stack in (before, after)]
    differ = any(_first_loop(one) != _first_loop(other) for one, other in zip(*real, strict=True))
    assert told_of or not differ, said


def _first_loop(paged: list[tuple[int, str, frozenset[str]]]) -> list[tuple[int, str, frozenset[str]]]:
    """Return everybody's first notification: an escalation that asks for longer is told by when it gives up."""
    seen: set[str] = set()
    found = []
    for minutes, urgency, users in paged:
        if not users <= seen:
            found.append((minutes, urgency, users - seen))
            seen |= users
    return found


@_CHECKS
@given(layers(), layers(), st.sampled_from(ZONES), MOMENTS, st.integers(0, DAYS * 24 * 60 - 1))
def test_swaps_are_when_somebody_else_is_on_call(
    before: tuple[Layer, ...], after: tuple[Layer, ...], zone: str, start: datetime, minutes: int
) -> None:
    at = start + timedelta(minutes=minutes)
    old, new = (
        Schedule(key="primary", name="Primary", team="ai", time_zone=zone, layers=one) for one in (before, after)
    )
    found = [one for one in swaps(turns(old, start), turns(new, start)) if one.start <= at < one.end]
    real = on_call(old, at), on_call(new, at)
    assert [(one.before, one.after) for one in found] == ([real] if real[0] != real[1] else [])


@_CHECKS
@given(layers(), st.sampled_from(ZONES), MOMENTS)
def test_who_is_told_to_be_on_call_instead_really_is(layers: tuple[Layer, ...], zone: str, at: datetime) -> None:
    schedules = tuple(
        one.model_copy(update={"layers": layers, "time_zone": zone}) if one.key == "ai-primary" else one
        for one in PROD.response.schedules
    )
    after = response(schedules=schedules)
    (found,) = [one for one in told(after, PROD, at) if one.subject == "schedule/ai-primary"]
    old, new = PROD.response.schedules[0], schedules[0]
    roles = {one.key: one.role for one in PROD.response.users}
    for start, end, now, was in _instead(found, at, ZoneInfo(zone)):
        for moment in (start, start + (end - start) / 2, end - timedelta(minutes=1)):
            real = [roles.get(on_call(one, moment) or "") for one in (new, old)]
            assert real in ([now, was], [None, None]), found  # with pauses, in which nobody is on either side
    nobody = any("Nobody is on call" in text for text in texts(found))
    lost = [one for one in swaps(turns(old, at), turns(new, at)) if one.after is None]
    assert nobody == bool(lost)
    assert not lost or found.danger is Danger.HIGH


_MOMENT = r"\w{3} \d+ \w{3} \d\d:\d\d"


def _instead(change: Change, at: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime, str, str]]:
    """Read back who is told to be on call instead of whom, and when."""
    pattern = rf"(?:Until|From ({_MOMENT}) to) ({_MOMENT}|\d\d:\d\d) (.+) is on call, was (.+?)(?: \(.+\))?\.$"
    found = (re.search(pattern, text) for text in texts(change))
    return [
        (_read(one[1], at, zone) if one[1] else at, _read(_with_day(one), at, zone), one[3], one[4])
        for one in found
        if one
    ]


def _with_day(one: re.Match[str]) -> str:
    """Return the end of a stretch with its day, which is told once where both ends share it."""
    return one[2] if len(one[2]) > len("09:00") else f"{one[1][: -len('09:00')]}{one[2]}"


def _read(text: str, at: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment that reads so at or after another."""
    years = (datetime.strptime(f"{text} {year}", "%a %d %b %H:%M %Y").replace(tzinfo=zone) for year in (2026, 2027))
    return next(one for one in years if one >= at.astimezone(zone) - timedelta(minutes=1))


def test_the_services_of_both_severities_are_the_ones_that_are_compared() -> None:
    sides = Sides(Context(PROD, PROD, AT))
    pager = Pager(sides.new, AT, {})
    assert {service: pager.services(policy) for service, policy in POLICY.items()} == {
        "ai-sev1": ("ai-sev1",),
        "ai-sev2": ("ai-sev2",),
    }
    assert all(isinstance(one, Service) for one in sides.new["pagerduty-service"].values())
