"""What has to be true of the ways from alerts to people, at every moment of some times."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from monitors.spec.alerting import Severity
from monitors.spec.base import Spec
from monitors.spec.oncall import Weekday
from monitors.spec.values import Key, Keys, NoRepeats, Sentence, TimeOfDay, TimeZone

_EVERY_DAY: tuple[Weekday, ...] = (1, 2, 3, 4, 5, 6, 7)


def _date(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise ValueError("there is no such day; write one such as 2026-12-24")


Day = Annotated[str, Field(description="Write a day such as 2026-12-24."), AfterValidator(_date)]
Minutes = Annotated[int, Field(ge=0, le=1440, description="Give 0, which is at once, to 1,440 minutes (a day).")]


class Hours(Spec):
    """The same hours of some weekdays, from 1, Monday, to 7; an end that is not after the start is of the next day."""

    LABEL: ClassVar[str] = "hours"

    time_zone: TimeZone
    start: TimeOfDay
    end: TimeOfDay
    weekdays: Annotated[
        tuple[Weekday, ...], Field(min_length=1, description="Give days from 1, Monday, to 7."), NoRepeats
    ] = _EVERY_DAY


class Dates(Spec):
    """Days one after the other, from the first's beginning to the last's end."""

    LABEL: ClassVar[str] = "dates"

    time_zone: TimeZone
    first: Day
    last: Day

    @model_validator(mode="after")
    def _is_in_order(self) -> Dates:
        if self.last < self.first:
            raise ValueError(f"last {self.last} is before first {self.first}; swap them")
        return self


class Reaches(Spec):
    """So many different people are paged with high urgency within a time, if nobody acknowledges.

    They are of the team, by the schedule or the one user, where one of these is named.
    """

    LABEL: ClassVar[str] = "expectation"

    within_minutes: Minutes
    people: Annotated[int, Field(ge=1, le=20, description="Give 1 to 20 people.")] = 1
    team: Key | None = None
    schedule: Key | None = None
    user: Key | None = None

    @model_validator(mode="after")
    def _can_come_true(self) -> Reaches:
        named = [name for name in ("team", "schedule", "user") if getattr(self, name) is not None]
        if len(named) > 1:
            raise ValueError(f"{' and '.join(named)} are given; name one of them, in an assertion each")
        if self.user is not None and self.people > 1:
            raise ValueError(f"people is {self.people}, and user names one; leave one of them out")
        return self


class WakesNobody(Spec):
    """Nobody is paged with high urgency, whenever the incident began."""

    LABEL: ClassVar[str] = "expectation"


class IsTold(Spec):
    """It is told by one of these kinds of channel when it opens, or within a time where a muting rule holds it back."""

    LABEL: ClassVar[str] = "expectation"

    by: Annotated[
        tuple[Literal["page", "slack", "e-mail", "webhook"], ...],
        Field(min_length=1, description="Name page, slack, e-mail or webhook."),
        NoRepeats,
    ]
    within_minutes: Minutes = 0


class PathAssertion(Spec):
    """What is expected of every enabled alert of some severities, or of the named ones, in some environments.

    `says` is the reason, and what is told when it does not hold. `when` None is always. `lookout check` proves it for
    every moment, as monitors/alerting/assertions says.
    """

    LABEL: ClassVar[str] = "assertion"

    key: Key
    says: Sentence
    environments: Annotated[
        tuple[Literal["staging", "prod"], ...],
        Field(min_length=1, description="Name staging, prod or both."),
        NoRepeats,
    ]
    severities: Annotated[tuple[Severity, ...], Field(description="Name each severity once."), NoRepeats] = ()
    conditions: Annotated[Keys, Field(description="Name each condition once, by its key.")] = ()
    when: Hours | Dates | None = None
    expects: Reaches | WakesNobody | IsTold

    @model_validator(mode="after")
    def _speaks_of_alerts(self) -> PathAssertion:
        if bool(self.severities) == bool(self.conditions):
            given = "both are given" if self.severities else "neither is given"
            raise ValueError(f"severities or conditions say which alerts it is about, and {given}; give one of them")
        return self
