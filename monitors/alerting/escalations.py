"""How an incident that nobody acknowledges goes from level to level, and by which schedule each person is reached.

Rules: "Escalation Policies" of support.pagerduty.com. A level with nobody on call is passed over without waiting.
Who is on call is looked up when the level's turn comes, not when the incident began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitors.alerting.rota import Override, turn_at
from monitors.spec import EscalationLevel, EscalationPolicy, Schedule, ScheduleTarget


@dataclass(frozen=True, slots=True)
class Reached:
    """A user whom a level reaches.

    `schedule` is None for a user whom the level names itself; `layer` is None there, and where an override decides.
    """

    user: str
    schedule: str | None = None
    layer: str | None = None

    @property
    def by_override(self) -> bool:
        """Whether the user stands in for whoever the schedule's layers name."""
        return self.schedule is not None and self.layer is None


@dataclass(frozen=True, slots=True)
class Level:
    """One level at its turn; nobody reached means that it is passed over. Loops and numbers count from 1."""

    after_minutes: int
    loop: int
    number: int
    delay_minutes: int
    reached: tuple[Reached, ...]

    @property
    def users(self) -> tuple[str, ...]:
        """The users reached, each once."""
        return tuple(dict.fromkeys(one.user for one in self.reached))


def walk(
    policy: EscalationPolicy,
    schedules: Mapping[str, Schedule],
    at: datetime,
    overrides: Sequence[Override] = (),
) -> Iterator[Level]:
    """Yield every level of every loop for an incident at a moment that nobody ever acknowledges."""
    begins = at.astimezone(UTC)  # to a zone's own time, minutes are added as its clock shows them
    waited_minutes = 0
    for loop in range(1, policy.loops + 2):
        for number, level in enumerate(policy.levels, 1):
            moment = begins + timedelta(minutes=waited_minutes)
            reached = tuple(_reached(level, schedules, moment, overrides))
            yield Level(waited_minutes, loop, number, level.delay_minutes, reached)
            if reached:
                waited_minutes += level.delay_minutes


def _reached(
    level: EscalationLevel, schedules: Mapping[str, Schedule], at: datetime, overrides: Sequence[Override]
) -> Iterator[Reached]:
    for target in level.targets:
        if not isinstance(target, ScheduleTarget):
            yield Reached(target.user)
        elif (turn := turn_at(schedules[target.schedule], at, overrides)) is not None:
            yield Reached(turn.user, target.schedule, turn.layer)
