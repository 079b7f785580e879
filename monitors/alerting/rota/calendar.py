"""What a stack's schedules leave open: times without anybody, levels without anybody, people on two levels at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

from monitors.alerting.rota.clock import ClockChange, clock_changes
from monitors.alerting.rota.shifts import Shift, shifts
from monitors.alerting.rota.spans import Span, common, union, without
from monitors.alerting.rota.turns import Override
from monitors.spec import EscalationLevel, EscalationPolicy, Schedule, ScheduleTarget, Stack


@dataclass(frozen=True, slots=True)
class Rota:
    """A schedule with its shifts."""

    schedule: Schedule
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time (UTC) at which one level of an escalation policy, by its number, has nobody; none has where it is None."""

    policy: str
    level: int | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Double:
    """A time (UTC) at which one person is on two levels of an escalation policy, by their numbers."""

    policy: str
    user: str
    levels: tuple[int, int]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """Who is on call from a moment (UTC) to before another, and what is amiss.

    `gaps` are times at which an escalation policy reaches nobody, `empty_levels` those at which it passes a level over;
    each is in the order of policies and levels, then of time. `clock_changes` are those of the schedules' zones.
    """

    start: datetime
    end: datetime
    rotas: tuple[Rota, ...]
    gaps: tuple[Gap, ...]
    empty_levels: tuple[Gap, ...]
    doubles: tuple[Double, ...]
    clock_changes: tuple[ClockChange, ...]


def calendar(stack: Stack, start: datetime, days: int = 90, overrides: Sequence[Override] = ()) -> Calendar:
    """Return the calendar of a stack, exactly, from a moment with a time zone; days are those of its zone's clock."""
    end = (start + timedelta(days=days)).astimezone(UTC)
    start = start.astimezone(UTC)
    response = stack.response
    rotas = tuple(Rota(one, shifts(one, start, end, overrides)) for one in response.schedules)
    policies = [(policy, _people(policy, rotas, (start, end))) for policy in response.escalation_policies]
    zones = dict.fromkeys(schedule.time_zone for schedule in response.schedules)
    return Calendar(
        start=start,
        end=end,
        rotas=rotas,
        gaps=tuple(gap for policy, people in policies for gap in _gaps(policy, people, start, end)),
        empty_levels=tuple(gap for policy, people in policies for gap in _empty(policy, people, start, end)),
        doubles=tuple(double for policy, people in policies for double in _doubles(policy, people)),
        clock_changes=tuple(change for zone in zones for change in clock_changes(zone, start, end)),
    )


_People = Sequence[Mapping[str, Sequence[Span]]]  # of each level, the times of each person on it


def _people(policy: EscalationPolicy, rotas: Iterable[Rota], whole: Span) -> _People:
    by_key = {rota.schedule.key: rota for rota in rotas}
    return [on_level(level, by_key, whole) for level in policy.levels]


def on_level(level: EscalationLevel, rotas: Mapping[str, Rota], whole: Span) -> dict[str, list[Span]]:
    """Return the times of each person on a level; `whole` is that of somebody who is named."""
    found: dict[str, list[Span]] = {}
    for target in level.targets:
        if not isinstance(target, ScheduleTarget):
            found.setdefault(target.user, []).append(whole)
            continue
        for shift in rotas[target.schedule].shifts:
            if shift.user is not None:
                found.setdefault(shift.user, []).append((shift.start, shift.end))
    return {user: union(spans) for user, spans in found.items()}


def _gaps(policy: EscalationPolicy, people: _People, start: datetime, end: datetime) -> Iterator[Gap]:
    covered = (span for level in people for spans in level.values() for span in spans)
    yield from (Gap(policy.key, None, *span) for span in without(start, end, covered))


def _empty(policy: EscalationPolicy, people: _People, start: datetime, end: datetime) -> Iterator[Gap]:
    for number, level in enumerate(people, 1):
        covered = (span for spans in level.values() for span in spans)
        yield from (Gap(policy.key, number, *span) for span in without(start, end, covered))


def _doubles(policy: EscalationPolicy, people: _People) -> Iterator[Double]:
    for (one, first), (other, second) in combinations(enumerate(people, 1), 2):
        for user, spans in first.items():
            for span in common(spans, second.get(user, ())):
                yield Double(policy.key, user, (one, other), *span)
