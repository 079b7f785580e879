"""What the calendar was asked for, and its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from lookout.errors import CouldNotRun
from lookout.who import overrides, times
from lookout.who.asking import read_stack

if TYPE_CHECKING:
    from monitors.alerting.rota import Calendar, Load, Rota
    from monitors.spec import Stack

MOST_DAYS: Final = 366


@dataclass(frozen=True)
class Question:
    """The verb's arguments as they were given."""

    environment: str = "prod"
    days: int = 90
    since: str | None = None
    overrides: Path | None = None
    catalog: str | None = None


@dataclass(frozen=True)
class Stint:
    """One person's time in a schedule until somebody else's: what is between its parts is nobody's.

    `by_override` says that some of it is an override's.
    """

    start: datetime
    end: datetime
    user: str
    on_call: timedelta
    by_override: bool


@dataclass(frozen=True)
class Answer:
    """The calendar of one stack, and the load of its people; times are shown on the clocks of `time_zone`."""

    stack: Stack
    days: int
    start: times.Moment
    calendar: Calendar
    loads: tuple[Load, ...]

    @property
    def time_zone(self) -> str:
        """The zone of the first schedule."""
        return self.start.time_zone

    @property
    def zone(self) -> ZoneInfo:
        """The same, as clocks."""
        return ZoneInfo(self.time_zone)

    def role(self, user: str) -> str:
        """Return what a user is called."""
        return next((one.role for one in self.stack.response.users if one.key == user), user)

    def policy(self, key: str) -> str:
        """Return what an escalation policy is called."""
        return next(one.name for one in self.stack.response.escalation_policies if one.key == key)


def ask(question: Question) -> Answer:
    """Answer it. Raises `CouldNotRun` where nothing can be said."""
    if not 1 <= question.days <= MOST_DAYS:
        raise CouldNotRun(
            f"--days {question.days} is not within 1 and {MOST_DAYS}.", "Name fewer days, or a later --from."
        )
    stack = read_stack(question.catalog, question.environment)
    schedules = stack.response.schedules
    if not schedules:
        raise CouldNotRun(f"the stack {stack.name} has no schedule.", "Declare one, or ask of another stack.")
    zone = schedules[0].time_zone
    start = times.read(question.since, zone, "--from")
    if question.since is None:
        today = start.local.replace(hour=0, minute=0, second=0, tzinfo=None)
        start = times.read(today.isoformat(), zone, "--from")
    stand_ins = () if question.overrides is None else overrides.read(question.overrides, stack)
    from monitors.alerting.rota import calendar, fairness

    return Answer(
        stack,
        question.days,
        start,
        calendar(stack, start.local, question.days, stand_ins),
        fairness(stack, start.local, question.days, stand_ins),
    )


def stints(rota: Rota) -> Iterator[Stint]:
    """Yield the stints of a schedule, ascending."""
    current: Stint | None = None
    for shift in rota.shifts:
        if shift.user is None:
            continue
        lasts = shift.end - shift.start
        if current is not None and current.user == shift.user:
            by_override = current.by_override or shift.layer is None
            current = Stint(current.start, shift.end, shift.user, current.on_call + lasts, by_override)
            continue
        if current is not None:
            yield current
        current = Stint(shift.start, shift.end, shift.user, lasts, shift.layer is None)
    if current is not None:
        yield current
