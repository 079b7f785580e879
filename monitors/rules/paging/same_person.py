"""People who are on two levels of one escalation at once: whoever sleeps through the first page sleeps on.

The next 90 days from the last schedule's beginning are looked at, at every handover and every edge of a restriction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.oncall import on_call
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import EscalationLevel, EscalationPolicy, Layer, Schedule, ScheduleTarget

_DAYS: Final = 90
_DAY_SECONDS: Final = 86_400
_Rota = Callable[[str, datetime], str | None]  # who is on call in a schedule, by its key, at a moment


def _run(review: Review) -> Iterator[Finding]:
    schedules = {schedule.key: schedule for schedule in review.stack.response.schedules}

    @cache  # policies share schedules
    def rota(key: str, moment: datetime) -> str | None:
        return on_call(schedules[key], moment)

    for policy in review.stack.response.escalation_policies:
        for user, one, other, moment in _twice(policy, schedules, rota):
            since = "" if moment is None else f", first on {moment:%A %Y-%m-%d at %H:%M}"
            message = f'"{user}" is on level {one} and level {other} at once{since}: level {other} wakes nobody else.'
            advice = "Shift one rotation by a turn, or name somebody else."
            yield Finding(review.subject("escalation-policy", policy), f"levels.{other - 1}", message, advice)


def _twice(
    policy: EscalationPolicy, schedules: dict[str, Schedule], rota: _Rota
) -> Iterator[tuple[str, int, int, datetime | None]]:
    named = [schedules[key] for key in dict.fromkeys(_schedules_of(policy.levels))]
    told: set[tuple[str, int, int]] = set()
    for moment in [None] if not named else _moments(named):
        people = [_people(level, rota, moment) for level in policy.levels]
        for (one, first), (other, second) in combinations(enumerate(people, 1), 2):
            for user in sorted(first & second):
                if (user, one, other) not in told:
                    told.add((user, one, other))
                    yield user, one, other, moment


def _schedules_of(levels: Sequence[EscalationLevel]) -> Iterator[str]:
    for level in levels:
        yield from (target.schedule for target in level.targets if isinstance(target, ScheduleTarget))


def _people(level: EscalationLevel, rota: _Rota, moment: datetime | None) -> set[str]:
    found: set[str] = set()
    for target in level.targets:
        if not isinstance(target, ScheduleTarget):
            found.add(target.user)
        elif moment is not None:
            user = rota(target.schedule, moment)
            found |= {user} if user is not None else set()
    return found


def _moments(schedules: Sequence[Schedule]) -> list[datetime]:
    """Return the moments at which somebody else may come on call, from the last beginning on, in their order."""
    layers = [(layer, ZoneInfo(schedule.time_zone)) for schedule in schedules for layer in schedule.layers]
    begin = max(datetime.fromisoformat(layer.start) for layer, _ in layers)
    end = begin + timedelta(days=_DAYS)
    found = {begin.astimezone(layers[0][1])}
    for layer, zone in layers:
        found |= set(_handovers(layer, zone, begin, end))
        found |= set(_edges(layer, zone, begin))
    return sorted(found)


def _handovers(layer: Layer, zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    start = datetime.fromisoformat(layer.start).astimezone(zone)
    turn = timedelta(seconds=layer.turn_seconds)
    # Turns of whole days keep to the wall clock; arithmetic with a zone's times does so.
    moment = start if layer.turn_seconds % _DAY_SECONDS == 0 else start.astimezone(begin.tzinfo)
    moment += max(0, (begin - start) // turn) * turn
    while moment <= end:
        if moment >= begin:
            yield moment.astimezone(zone)
        moment += turn


def _edges(layer: Layer, zone: ZoneInfo, begin: datetime) -> Iterator[datetime]:
    local = begin.astimezone(zone)
    for restriction in layer.restrictions:
        for day in range(_DAYS):
            date = (local + timedelta(days=day)).date()
            if restriction.weekday in (None, date.isoweekday()):
                start = datetime.combine(date, time.fromisoformat(restriction.start), zone)
                yield from (start, start + timedelta(seconds=restriction.duration_seconds))


CHECK = Check(
    code="paging/same-person",
    level=Level.WARNING,
    summary="Somebody is on two levels of one escalation at once.",
    run=_run,
)
