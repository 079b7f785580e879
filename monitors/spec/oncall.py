"""Who is on call: teams, users, schedules and escalation policies, as PagerDuty has them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Key, Sentence, Spec, TimeOfDay, TimeZone

Name = Annotated[str, Field(min_length=3, max_length=100, description="Use 3 to 100 characters.")]
_HOUR, _DAY, _WEEK = 3600, 86_400, 604_800
Weekday = Literal[1, 2, 3, 4, 5, 6, 7]


class User(Spec):
    """Somebody who can be on call, named by role; the PagerDuty id is a setting of the stack."""

    LABEL: ClassVar[str] = "user"

    key: Key
    role: Annotated[str, Field(min_length=3, max_length=100, description="Name the role, not the person.")]


class Team(Spec):
    """A team that owns alerts and answers pages."""

    LABEL: ClassVar[str] = "team"

    key: Key
    name: Name
    description: Sentence
    members: Annotated[tuple[Key, ...], Field(min_length=1)]


class Restriction(Spec):
    """The hours a layer covers: every day from `start`, or every week from `start` on `weekday` (1 is Monday)."""

    LABEL: ClassVar[str] = "restriction"

    kind: Literal["daily", "weekly"]
    start: TimeOfDay
    duration_seconds: Annotated[int, Field(ge=60, le=_WEEK - 1)]
    weekday: Weekday | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Restriction:
        if (self.kind == "weekly") != (self.weekday is not None):
            raise ValueError("weekday is given with kind weekly and with no other")
        if self.kind == "daily" and self.duration_seconds >= _DAY:
            raise ValueError(
                f"duration_seconds {self.duration_seconds} is a day or longer; a daily restriction is shorter"
            )
        return self


class Layer(Spec):
    """A rotation: its users take turns of `turn_seconds` from `start` (a time with offset) on."""

    LABEL: ClassVar[str] = "schedule layer"

    name: Name
    start: Annotated[str, Field(description="Write a time with offset, such as 2026-01-05T09:00:00+00:00.")]
    turn_seconds: Annotated[int, Field(ge=_HOUR, le=365 * _DAY, description="PagerDuty takes 1 hour to 365 days.")]
    users: Annotated[tuple[Key, ...], Field(min_length=1, description="A rotation needs at least one user.")]
    restrictions: tuple[Restriction, ...] = ()

    @model_validator(mode="after")
    def _start_has_an_offset(self) -> Layer:
        try:
            moment = datetime.fromisoformat(self.start)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValueError(f"start is {self.start!r}; a time with offset such as 2026-01-05T09:00:00+00:00 is needed")
        return self


class Schedule(Spec):
    """Layers over each other; a later layer covers an earlier one."""

    LABEL: ClassVar[str] = "schedule"

    key: Key
    name: Name
    team: Key
    time_zone: TimeZone
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]


class ScheduleTarget(Spec):
    """Whoever is on call in a schedule."""

    LABEL: ClassVar[str] = "escalation target"

    schedule: Key


class UserTarget(Spec):
    """One user, always."""

    LABEL: ClassVar[str] = "escalation target"

    user: Key


class EscalationLevel(Spec):
    """Whom to notify, and how long to wait for an acknowledgement before the next level."""

    LABEL: ClassVar[str] = "escalation level"

    targets: Annotated[
        tuple[ScheduleTarget | UserTarget, ...], Field(min_length=1, max_length=10, description="Give 1 to 10 targets.")
    ]
    delay_minutes: Annotated[int, Field(ge=1, le=1440)]


class EscalationPolicy(Spec):
    """Levels one after the other, repeated `loops` times more; nobody answering the last ends it."""

    LABEL: ClassVar[str] = "escalation policy"

    key: Key
    name: Name
    team: Key
    levels: Annotated[tuple[EscalationLevel, ...], Field(min_length=1, max_length=20)]
    loops: Annotated[int, Field(ge=0, le=9, description="PagerDuty repeats up to 9 times.")] = 2
