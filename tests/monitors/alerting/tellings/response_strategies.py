"""Stacks of many kinds: urgencies, support hours, event rules, muting windows, escalations with empty levels."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import spec_builders as build
from hypothesis import strategies as st
from rota_strategies import USERS, schedules, zones

from monitors import spec
from monitors.alerting.muting import _WEEKDAYS
from monitors.spec.oncall import Weekday
from monitors.spec.paging import Urgency

DAY = timedelta(days=1)
hours_of_day = st.sampled_from(["00:00:00", "01:30:00", "02:30:00", "09:00:00", "17:00:00", "23:30:00"])
_DAYS: tuple[Weekday, ...] = (1, 2, 3, 4, 5, 6, 7)
weekdays = st.lists(st.sampled_from(_DAYS), min_size=1, max_size=7, unique=True).map(lambda days: (*days,))
_URGENCIES: st.SearchStrategy[Urgency] = st.sampled_from(("high", "low"))
_CONDITIONS = (
    "event.custom_details.severity matches 'SEV1'",
    "event.custom_details.severity matches 'SEV2'",
    "event.severity matches 'critical'",
    "event.summary matches part 'test'",
    "now in Mon,Wed,Sat,Sun 22:00:00 to 03:00:00 Europe/Berlin",
    "now in Sun 01:30:00 to 02:30:00 America/Los_Angeles",
)


@st.composite
def support_hours(draw: st.DrawFn) -> spec.SupportHours:
    start, end = sorted(draw(st.lists(hours_of_day, min_size=2, max_size=2, unique=True)))
    inside: Urgency = draw(_URGENCIES)
    raises = inside == "high" and draw(st.booleans())
    outside: Urgency = "low" if raises else draw(_URGENCIES)
    return spec.SupportHours(
        time_zone=draw(zones),
        weekdays=draw(weekdays),
        start=start,
        end=end,
        inside=inside,
        outside=outside,
        raise_at_start=raises,
    )


@st.composite
def event_rules(draw: st.DrawFn) -> tuple[spec.EventRule, ...]:
    conditions = draw(st.lists(st.sampled_from(_CONDITIONS), max_size=2, unique=True))
    rules = []
    for number, condition in enumerate(conditions):
        effect: dict[str, Any] = {"suppress": True} if draw(st.booleans()) else {"severity": "warning"}
        rules.append(build.event_rule(label=f"Rule {number}", condition=condition, note=None, **effect))
    return tuple(rules)


@st.composite
def services(draw: st.DrawFn) -> spec.Service:
    constant = st.sampled_from(["high", "low", "severity_based"]).map(lambda one: build.urgency(urgency=one))
    service: spec.Service = build.service(
        urgency=draw(st.one_of(support_hours(), constant)),
        auto_resolve_seconds=draw(st.sampled_from([None, 600, 7200])),
        event_rules=draw(event_rules()),
    )
    return service


@st.composite
def escalations(draw: st.DrawFn) -> spec.EscalationPolicy:
    target = st.sampled_from(
        [
            build.schedule_target(schedule="primary"),
            build.schedule_target(schedule="secondary"),
            build.user_target(user="a"),
        ]
    )
    levels = tuple(
        build.escalation_level(
            targets=tuple(draw(st.lists(target, min_size=1, max_size=2, unique=True))),
            delay_minutes=draw(st.sampled_from([1, 5, 30, 90])),
        )
        for _ in range(draw(st.integers(1, 3)))
    )
    policy: spec.EscalationPolicy = build.escalation_policy(levels=levels, loops=draw(st.integers(0, 2)))
    return policy


@st.composite
def muting_rules(draw: st.DrawFn, zone: str, around: datetime) -> spec.MutingRule:
    first = (around - 9 * DAY).astimezone(ZoneInfo(zone)).date()
    start = datetime.fromisoformat(f"{first}T{draw(hours_of_day)}")
    end = start + timedelta(minutes=draw(st.sampled_from([1, 30, 300, 1440])))
    rule: spec.MutingRule = build.muting_rule(
        key=f"mute-{draw(st.integers(1, 10_000))}",
        time_zone=zone,
        first_start=start.isoformat(),
        first_end=end.isoformat(),
        weekdays=tuple(draw(st.lists(st.sampled_from(_WEEKDAYS), min_size=1, max_size=4, unique=True))),
    )
    return rule


@st.composite
def stacks(draw: st.DrawFn) -> tuple[spec.Stack, datetime]:
    """Draw a stack with one paging condition, and a moment near which clocks change."""
    one, around = draw(schedules())
    other = draw(schedules())[0].model_copy(update={"key": "secondary", "name": "Secondary"})
    rules = draw(st.lists(muting_rules(one.time_zone, around), max_size=2, unique_by=lambda rule: rule.key))
    details = {"severity": draw(st.sampled_from(["SEV1", "SEV2"]))}
    workflow = build.workflow(
        channels=(build.pagerduty_channel(details=details), build.slack_channel()),
        muted_issues=draw(st.sampled_from(["NOTIFY_ALL_ISSUES", "DONT_NOTIFY_FULLY_MUTED_ISSUES"])),
    )
    return build.stack(
        observability=build.observability(
            workflows=(workflow,),
            destinations=(build.pagerduty_destination(), build.slack_destination()),
            muting_rules=tuple(rules),
        ),
        response=build.response(
            users=tuple(build.user(key=key, role=f"Engineer {key}") for key in (*USERS, "stand-in")),
            teams=(build.team(members=USERS),),
            schedules=(one, other),
            escalation_policies=(draw(escalations()),),
            services=(draw(services()),),
        ),
    ), around
