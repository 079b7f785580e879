"""Who is on call: teams, users, schedules and escalation policies, as PagerDuty has them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitors.spec.base import Spec
from monitors.spec.values import Key, Keys, NoRepeats, OneTrimmedLine, Sentence, TimeOfDay, TimeZone

Name = Annotated[
    str, Field(min_length=3, max_length=100, description="Use 3 to 100 characters on one line."), OneTrimmedLine
]
_HOUR, _DAY, _WEEK = 3600, 86_400, 604_800
# RFC 3339 alone: `datetime` also reads forms that PagerDuty does not, such as 20260105T0900+0000.
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
Weekday = Literal[1, 2, 3, 4, 5, 6, 7]


class User(Spec):
    """Somebody who can be on call, named by role; the PagerDuty id is a setting of the stack."""

    LABEL: ClassVar[str] = "user"

    key: Key
    role: Annotated[
        str, Field(min_length=3, max_length=100, description="Name the role, not the person."), OneTrimmedLine
    ]


class Team(Spec):
    """A team that owns alerts and answers pages."""

    LABEL: ClassVar[str] = "team"

    key: Key
    name: Name
    description: Sentence
    members: Annotated[Keys, Field(min_length=1, description="Name at least one member.")]


class Restriction(Spec):
    """The hours a layer covers: every day from `start`, or every week from `start` on `weekday` (1 is Monday)."""

    LABEL: ClassVar[str] = "restriction"

    kind: Literal["daily", "weekly"]
    start: TimeOfDay
    duration_seconds: Annotated[
        int, Field(ge=60, le=_WEEK - 1, description="PagerDuty takes less than a week; give 60 to 604,799 s.")
    ]
    weekday: Weekday | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Restriction:
        if (self.kind == "weekly") != (self.weekday is not None):
            raise ValueError(
                f"kind is {self.kind} and weekday is {self.weekday}: give a weekday with weekly and with no other"
            )
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
    users: Annotated[tuple[Key, ...], Field(min_length=1, description="Name at least one user.")]
    restrictions: tuple[Restriction, ...] = ()

    @model_validator(mode="after")
    def _start_has_an_offset(self) -> Layer:
        try:
            datetime.fromisoformat(self.start)
        except ValueError:
            moment = None
        else:
            moment = re.fullmatch(_MOMENT, self.start)
        if moment is None:
            raise ValueError(f"start is {self.start!r}; a time with offset such as 2026-01-05T09:00:00+00:00 is needed")
        return self


class Schedule(Spec):
    """Layers over each other; a later layer covers an earlier one."""

    LABEL: ClassVar[str] = "schedule"

    key: Key
    name: Name
    team: Key
    time_zone: TimeZone
    layers: Annotated[
        tuple[Layer, ...], Field(min_length=1, description="Give at least one layer, or nobody is on call.")
    ]


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
        tuple[ScheduleTarget | UserTarget, ...],
        Field(min_length=1, max_length=10, description="Give 1 to 10 targets."),
        NoRepeats,
    ]
    delay_minutes: Annotated[int, Field(ge=1, le=1440, description="Give 1 to 1,440 minutes (a day).")]


class EscalationPolicy(Spec):
    """Levels one after the other, repeated `loops` times more; nobody answering the last ends it."""

    LABEL: ClassVar[str] = "escalation policy"

    key: Key
    name: Name
    team: Key
    levels: Annotated[
        tuple[EscalationLevel, ...], Field(min_length=1, max_length=20, description="Give 1 to 20 levels.")
    ]
    loops: Annotated[int, Field(ge=0, le=9, description="PagerDuty repeats up to 9 times.")] = 2
