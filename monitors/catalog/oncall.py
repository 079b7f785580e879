"""Who answers: two teams, their rotations, and how a page that nobody acknowledges goes on."""

from __future__ import annotations

from typing import Final

from monitors.catalog.environments import Environment
from monitors.catalog.terms import AI_TEAM, DAY, HOUR, PLATFORM_TEAM
from monitors.spec import (
    EscalationLevel,
    EscalationPolicy,
    Layer,
    Restriction,
    Schedule,
    ScheduleTarget,
    Team,
    User,
)

TIME_ZONE: Final = "America/Los_Angeles"
WORKDAYS: Final = (1, 2, 3, 4, 5)  # Monday to Friday
WORK_START, WORK_END, WORK_HOURS = "09:00:00", "17:00:00", 8

SEV1_ESCALATION: Final = "sev1"
SEV2_ESCALATION: Final = "sev2"

_FIRST_HANDOVER: Final = "2026-01-05T09:00:00-08:00"  # a Monday morning: handovers happen when both are at work
_AI_ENGINEERS: Final = ("ai-engineer-a", "ai-engineer-b", "ai-engineer-c")
_PLATFORM_ENGINEERS: Final = ("platform-engineer-a", "platform-engineer-b", "platform-engineer-c")
LEAD: Final = "engineering-lead"

USERS: Final = (
    *(User(key=key, role=f"AI engineer {key[-1].upper()}") for key in _AI_ENGINEERS),
    *(User(key=key, role=f"Platform engineer {key[-1].upper()}") for key in _PLATFORM_ENGINEERS),
    User(key=LEAD, role="Engineering lead"),
)


def teams(environment: Environment) -> tuple[Team, ...]:
    """Return the teams that own alerts; the lead is in both, as the last to be asked."""
    return (
        Team(
            key=AI_TEAM,
            name=environment.named("AI team"),
            description="Owns the skills, the models behind them and what they cost.",
            members=(*_AI_ENGINEERS, LEAD),
        ),
        Team(
            key=PLATFORM_TEAM,
            name=environment.named("Platform team"),
            description="Owns the services, their stores and the rollout.",
            members=(*_PLATFORM_ENGINEERS, LEAD),
        ),
    )


def schedules(environment: Environment) -> tuple[Schedule, ...]:
    """Return the rotations: a week each; in staging only in working hours, so that nobody is woken."""
    return (
        _schedule(environment, "ai-primary", "AI primary", AI_TEAM, _AI_ENGINEERS),
        # The second line hands over with the first and is one person ahead: nobody is on both at once.
        _schedule(environment, "ai-secondary", "AI secondary", AI_TEAM, (*_AI_ENGINEERS[1:], _AI_ENGINEERS[0])),
        _schedule(environment, "platform-primary", "Platform primary", PLATFORM_TEAM, _PLATFORM_ENGINEERS),
        _schedule(environment, "lead", "Engineering lead", PLATFORM_TEAM, (LEAD,)),
    )


def escalation_policies(environment: Environment) -> tuple[EscalationPolicy, ...]:
    """Return how pages go on: a SEV1 reaches the lead within 15 minutes, a SEV2 within 30."""
    return (
        EscalationPolicy(
            key=SEV1_ESCALATION,
            name=environment.named("AI service SEV1"),
            team=AI_TEAM,
            levels=(
                _level(5, "ai-primary"),
                _level(10, "ai-secondary", "platform-primary"),
                _level(15, "lead"),
            ),
            loops=3,
        ),
        EscalationPolicy(
            key=SEV2_ESCALATION,
            name=environment.named("AI service SEV2"),
            team=AI_TEAM,
            levels=(_level(15, "ai-primary"), _level(15, "ai-secondary"), _level(30, "lead")),
            loops=2,
        ),
    )


def _level(delay_minutes: int, *schedules: str) -> EscalationLevel:
    targets = tuple(ScheduleTarget(schedule=schedule) for schedule in schedules)
    return EscalationLevel(targets=targets, delay_minutes=delay_minutes)


def _schedule(environment: Environment, key: str, name: str, team: str, users: tuple[str, ...]) -> Schedule:
    layer = Layer(
        name=f"{name} weekly",
        start=_FIRST_HANDOVER,
        turn_seconds=7 * DAY,
        users=users,
        restrictions=() if environment.wakes else _working_hours(),
    )
    return Schedule(key=key, name=environment.named(name), team=team, time_zone=TIME_ZONE, layers=(layer,))


def _working_hours() -> tuple[Restriction, ...]:
    return tuple(
        Restriction(kind="weekly", start=WORK_START, duration_seconds=WORK_HOURS * HOUR, weekday=day)
        for day in WORKDAYS
    )
