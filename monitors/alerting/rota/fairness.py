"""How the load of being on call is shared: hours, nights, weekends and the longest stretch of each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.alerting.rota.calendar import Rota, on_level
from monitors.alerting.rota.clock import instant
from monitors.alerting.rota.shifts import shifts
from monitors.alerting.rota.spans import Span, common, total, union
from monitors.alerting.rota.turns import Override
from monitors.spec import EscalationLevel, ScheduleTarget, Stack

NIGHT_START: Final = time(22)
NIGHT_END: Final = time(7)
_DAY: Final = timedelta(days=1)
_NONE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class LevelLoad:
    """How long somebody is on one level, of whatever escalation policies, and the share of all who are."""

    level: int
    on_call: timedelta
    share: float


@dataclass(frozen=True, slots=True)
class Load:
    """What being on call asks of one person, by user key.

    Every moment counts once, on however many schedules and levels somebody is. Somebody is on call who is so in a
    schedule that an escalation policy asks, or whom one names. A night is 22:00 to 07:00 and a weekend Saturday and
    Sunday, in the schedule's zone (for somebody who is named: that of the first schedule, else UTC); `nights` and
    `weekends` count those that are touched at all. Shares are of everybody's sum.
    """

    user: str
    on_call: timedelta
    share: float
    nights: int
    night_time: timedelta
    night_share: float
    weekends: int
    weekend_days: int
    weekend_time: timedelta
    weekend_share: float
    longest_stretch: timedelta
    levels: tuple[LevelLoad, ...]


def fairness(stack: Stack, start: datetime, days: int = 90, overrides: Sequence[Override] = ()) -> tuple[Load, ...]:
    """Return the load of every user that a policy can reach, exactly; the longest on call first.

    `start` and `days` are those of `calendar`.
    """
    whole = start.astimezone(UTC), (start + timedelta(days=days)).astimezone(UTC)
    levels = [
        (number, level)
        for policy in stack.response.escalation_policies
        for number, level in enumerate(policy.levels, 1)
    ]
    asked = {one.schedule for _, level in levels for one in level.targets if isinstance(one, ScheduleTarget)}
    rotas = [Rota(one, shifts(one, *whole, overrides)) for one in stack.response.schedules if one.key in asked]
    by_user = _by_user(stack, rotas, [level for _, level in levels], whole)
    by_level = _by_level(levels, {rota.schedule.key: rota for rota in rotas}, whole)
    calendars = {zone: _Nights(ZoneInfo(zone), whole) for times in by_user.values() for zone in times}
    measured = [_Measured(user, times, calendars) for user, times in by_user.items()]
    loads = [_load(one, measured, by_level) for one in measured]
    return tuple(sorted(loads, key=lambda load: (-load.on_call, load.user)))


_Times = Mapping[str, Sequence[Span]]  # by the name of the zone they are in, or by user


class _Nights:
    """The nights and weekend days of one zone that a time touches."""

    def __init__(self, zone: ZoneInfo, whole: Span) -> None:
        self.nights: list[tuple[date, Span]] = []
        self.weekend: list[tuple[date, Span]] = []
        day, last = whole[0].astimezone(zone).date() - _DAY, whole[1].astimezone(zone).date()
        while day <= last:
            morrow = day + _DAY
            self.nights.append((day, (_at(day, NIGHT_START, zone), _at(morrow, NIGHT_END, zone))))
            if day.isoweekday() in (6, 7):
                self.weekend.append((day, (_at(day, time(0), zone), _at(morrow, time(0), zone))))
            day = morrow


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, clock), zone)


class _Measured:
    """One person's times on call, measured against the nights and weekends of the zones they are in."""

    def __init__(self, user: str, times: _Times, calendars: Mapping[str, _Nights]) -> None:
        self.user = user
        self.spans = union(span for spans in times.values() for span in spans)
        self.on_call = total(self.spans)
        self.nights, self.night_time = _touched(times, {zone: one.nights for zone, one in calendars.items()})
        self.days, self.weekend_time = _touched(times, {zone: one.weekend for zone, one in calendars.items()})


def _touched(times: _Times, marked: Mapping[str, Sequence[tuple[date, Span]]]) -> tuple[set[date], timedelta]:
    """Return which marked days some times touch, and for how long."""
    days: set[date] = set()
    spans: list[Span] = []
    for zone, on_call in times.items():
        shared = common(on_call, union(span for _, span in marked[zone]))
        spans += shared
        days.update(day for day, (start, end) in marked[zone] if any(one < end and start < two for one, two in shared))
    return days, total(union(spans))


def _by_user(
    stack: Stack, rotas: Iterable[Rota], levels: Iterable[EscalationLevel], whole: Span
) -> dict[str, dict[str, list[Span]]]:
    """Return when each user is on call, by zone; users that nobody asks have no time."""
    found: dict[str, dict[str, list[Span]]] = {}
    for user, zone, span in _on_call(stack, rotas, levels, whole):
        found.setdefault(user, defaultdict(list))[zone].append(span)
    return {user: {zone: union(spans) for zone, spans in times.items()} for user, times in found.items()}


def _on_call(
    stack: Stack, rotas: Iterable[Rota], levels: Iterable[EscalationLevel], whole: Span
) -> Iterator[tuple[str, str, Span]]:
    nowhere = whole[0], whole[0]
    for rota in rotas:
        zone = rota.schedule.time_zone
        for layer in rota.schedule.layers:
            yield from ((user, zone, nowhere) for user in layer.users)
        for shift in rota.shifts:
            if shift.user is not None:
                yield shift.user, zone, (shift.start, shift.end)
    home = stack.response.schedules[0].time_zone if stack.response.schedules else "Etc/UTC"
    for level in levels:
        yield from ((one.user, home, whole) for one in level.targets if not isinstance(one, ScheduleTarget))


def _by_level(
    levels: Iterable[tuple[int, EscalationLevel]], rotas: Mapping[str, Rota], whole: Span
) -> dict[int, dict[str, timedelta]]:
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for number, level in levels:
        for user, times in on_level(level, rotas, whole).items():
            spans[number][user] += times
    return {
        number: {user: total(union(times)) for user, times in people.items()}
        for number, people in sorted(spans.items())
    }


def _load(one: _Measured, everybody: Sequence[_Measured], levels: Mapping[int, Mapping[str, timedelta]]) -> Load:
    return Load(
        user=one.user,
        on_call=one.on_call,
        share=_share(one.on_call, (other.on_call for other in everybody)),
        nights=len(one.nights),
        night_time=one.night_time,
        night_share=_share(one.night_time, (other.night_time for other in everybody)),
        weekends=len({day - timedelta(days=day.isoweekday() - 6) for day in one.days}),
        weekend_days=len(one.days),
        weekend_time=one.weekend_time,
        weekend_share=_share(one.weekend_time, (other.weekend_time for other in everybody)),
        longest_stretch=max((end - start for start, end in one.spans), default=_NONE),
        levels=tuple(
            LevelLoad(number, people[one.user], _share(people[one.user], people.values()))
            for number, people in levels.items()
            if one.user in people
        ),
    )


def _share(part: timedelta, parts: Iterable[timedelta]) -> float:
    whole = sum(parts, _NONE)
    return part / whole if whole else 0.0
