"""Stacks that page in every way: the catalogue's with rotations, levels, urgency, rules and muting drawn at random."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from hypothesis import strategies as st

from monitors import catalog
from monitors.spec import (
    ConstantUrgency,
    EscalationLevel,
    EscalationPolicy,
    EventRule,
    Layer,
    MutingRule,
    NrqlCondition,
    Restriction,
    Schedule,
    ScheduleTarget,
    Service,
    Stack,
    SupportHours,
    UserTarget,
)
from monitors.spec.oncall import Weekday
from monitors.spec.paging import Urgency

ZONES: Final = ("America/Los_Angeles", "Europe/Paris", "Etc/UTC", "Australia/Lord_Howe")
USERS: Final = ("ai-engineer-a", "ai-engineer-b", "ai-engineer-c", "engineering-lead")
SCHEDULES: Final = ("ai-primary", "ai-secondary")
_HOUR: Final = 3600
_URGENCIES: Final[tuple[tuple[Urgency, Urgency], ...]] = (("low", "high"), ("high", "low"), ("high", "high"))
_DAYS: Final[tuple[Weekday, ...]] = (1, 2, 3, 4, 5, 6, 7)
days = st.sampled_from(_DAYS)
_WEEKDAYS: Final[tuple[Literal["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"], ...]] = (
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
)

# The weeks around both changes of clocks in most zones, and a quiet one.
_STARTS: Final = (
    datetime(2026, 3, 5, tzinfo=UTC),
    datetime(2026, 10, 22, tzinfo=UTC),
    datetime(2026, 7, 6, tzinfo=UTC),
)
moments = st.builds(
    lambda start, seconds: start + timedelta(seconds=seconds),
    st.sampled_from(_STARTS),
    st.one_of(st.integers(0, 11 * 86_400), st.integers(0, 11 * 24 * 4).map(lambda quarter: quarter * 900)),
)


def condition(stack: Stack, key: str) -> NrqlCondition:
    """Return a condition by its key."""
    (found,) = [one for one in stack.observability.conditions if one.key == key]
    return found


def with_response(stack: Stack, **changes: Any) -> Stack:
    """Return a stack with parts of what is at PagerDuty exchanged."""
    return stack.model_copy(update={"response": stack.response.model_copy(update=changes)})


def with_observability(stack: Stack, **changes: Any) -> Stack:
    """Return a stack with parts of what is at New Relic exchanged."""
    return stack.model_copy(update={"observability": stack.observability.model_copy(update=changes)})


def with_service(stack: Stack, key: str, **changes: Any) -> Stack:
    """Return a stack with fields of one PagerDuty service changed."""
    services = stack.response.services
    return with_response(
        stack, services=tuple(one.model_copy(update=changes) if one.key == key else one for one in services)
    )


def with_workflow(stack: Stack, key: str, **changes: Any) -> Stack:
    """Return a stack with fields of one workflow changed."""
    workflows = stack.observability.workflows
    return with_observability(
        stack, workflows=tuple(one.model_copy(update=changes) if one.key == key else one for one in workflows)
    )


def with_a_warning(stack: Stack, key: str) -> Stack:
    """Return a stack in which a condition has a warning at half of its critical threshold."""

    def warned(one: NrqlCondition) -> NrqlCondition:
        if one.key != key or one.critical is None:
            return one
        return one.model_copy(update={"warning": one.critical.model_copy(update={"value": one.critical.value / 2})})

    policies = tuple(
        policy.model_copy(update={"conditions": tuple(map(warned, policy.conditions))})
        for policy in stack.observability.policies
    )
    return with_observability(stack, policies=policies)


@st.composite
def restrictions(draw: st.DrawFn) -> tuple[Restriction, ...]:
    """Draw the hours of a layer: all, or one or two stretches."""

    def one() -> Restriction:
        weekly = draw(st.booleans())
        return Restriction(
            kind="weekly" if weekly else "daily",
            start=f"{draw(st.integers(0, 23)):02}:00:00",
            duration_seconds=draw(st.integers(1, 80 if weekly else 20)) * _HOUR,
            weekday=draw(days) if weekly else None,
        )

    return tuple(one() for _ in range(draw(st.integers(0, 2))))


@st.composite
def schedules(draw: st.DrawFn, key: str) -> Schedule:
    """Draw a schedule of one or two layers."""
    layers = tuple(
        Layer(
            name=f"Layer {number}",
            start="2026-01-05T09:00:00+00:00",
            turn_seconds=draw(st.sampled_from((_HOUR, 12 * _HOUR, 24 * _HOUR, 7 * 24 * _HOUR))),
            users=draw(st.lists(st.sampled_from(USERS), min_size=1, max_size=3).map(tuple)),
            restrictions=draw(restrictions()),
        )
        for number in range(draw(st.integers(1, 2)))
    )
    return Schedule(key=key, name=key.title(), team="ai", time_zone=draw(st.sampled_from(ZONES)), layers=layers)


@st.composite
def policies(draw: st.DrawFn, key: str) -> EscalationPolicy:
    """Draw an escalation policy of one to three levels, and up to three loops."""
    target = st.one_of(
        st.sampled_from(SCHEDULES).map(lambda one: ScheduleTarget(schedule=one)),
        st.sampled_from(SCHEDULES).map(lambda one: ScheduleTarget(schedule=one)),
        st.sampled_from(USERS).map(lambda one: UserTarget(user=one)),
    )
    level = st.builds(
        EscalationLevel,
        targets=st.lists(target, min_size=1, max_size=2, unique=True).map(tuple),
        delay_minutes=st.sampled_from((1, 5, 30, 240)),
    )
    levels = draw(st.lists(level, min_size=1, max_size=3).map(tuple))
    return EscalationPolicy(key=key, name=key.title(), team="ai", levels=levels, loops=draw(st.integers(0, 2)))


@st.composite
def urgencies(draw: st.DrawFn) -> ConstantUrgency | SupportHours:
    """Draw an urgency of every kind."""
    if draw(st.booleans()):
        return ConstantUrgency(urgency=draw(st.sampled_from(("high", "low", "severity_based"))))
    outside, inside = draw(st.sampled_from(_URGENCIES))
    return SupportHours(
        time_zone=draw(st.sampled_from(ZONES)),
        weekdays=tuple(draw(st.lists(days, min_size=1, max_size=7, unique=True))),
        start="09:00:00",
        end="17:00:00",
        inside=inside,
        outside=outside,
        raise_at_start=(outside, inside) == ("low", "high") and draw(st.booleans()),
    )


@st.composite
def services(draw: st.DrawFn, like: Service) -> Service:
    """Draw a service that makes incidents, or none, of what comes."""
    rule = st.builds(
        EventRule,
        label=st.just("Night rule"),
        condition=st.sampled_from(
            (
                "event.custom_details.severity matches 'sev1'",
                "now in Mon,Wed,Sat 22:00:00 to 06:00:00 Europe/Paris",
                "event.summary matches part 'test'",
                "event.severity == 'critical' and not event.custom_details.severity matches 'SEV2'",
            )
        ),
        severity=st.sampled_from(("critical", "warning")),
        suppress=st.booleans(),
    )
    changes = {
        "urgency": draw(urgencies()),
        "auto_resolve_seconds": draw(st.sampled_from((None, None, 600, 14_400))),
        "event_rules": draw(st.lists(rule, max_size=1).map(tuple)),
    }
    return like.model_copy(update=changes)


@st.composite
def muting_rules(draw: st.DrawFn) -> MutingRule:
    """Draw a weekly window that mutes the alerts that page."""
    hours = draw(st.integers(1, 23))
    return MutingRule(
        key=f"window-{draw(st.integers(0, 99))}",
        name="Window of the night",
        description="Silence while work is done.",
        policies=("page-sev1", "page-sev2"),
        time_zone=draw(st.sampled_from(ZONES)),
        first_start="2026-01-06T01:30:00",
        first_end=f"2026-01-0{6 if hours < 23 else 7}T{(1 + hours) % 24:02}:30:00",
        weekdays=draw(st.sampled_from((_WEEKDAYS, _WEEKDAYS[:5], _WEEKDAYS[3:4]))),
    )


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    """Draw a stack whose SEV1 and SEV2 alerts page in some way."""
    stack = catalog.stack("prod")
    kept = tuple(one for one in stack.response.schedules if one.key not in SCHEDULES)
    teams = tuple(
        one.model_copy(update={"members": tuple(user.key for user in stack.response.users)})
        for one in stack.response.teams
    )
    stack = with_response(
        stack,
        teams=teams,
        schedules=(*(draw(schedules(key)) for key in SCHEDULES), *kept),
        escalation_policies=tuple(draw(policies(key)) for key in ("sev1", "sev2")),
        services=tuple(draw(services(one)) for one in stack.response.services),
    )
    rules = draw(st.lists(muting_rules(), min_size=draw(st.integers(0, 1)), max_size=2, unique_by=lambda one: one.key))
    handling = draw(st.sampled_from(("NOTIFY_ALL_ISSUES", "DONT_NOTIFY_FULLY_MUTED_ISSUES")))
    seen = with_a_warning(stack, "high-skill-error-rate").observability
    workflows = tuple(one.model_copy(update={"muted_issues": handling}) for one in seen.workflows)
    return with_observability(stack, policies=seen.policies, muting_rules=tuple(rules), workflows=workflows)
