"""Who is on call, worked out slowly: the clock is watched step by step, and turns are counted one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitors.alerting.rota import Override
from monitors.spec import Layer, Restriction, Schedule

_TICK = timedelta.resolution
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)  # changes of clocks are at whole ones


def walked(
    schedule: Schedule, start: datetime, end: datetime, step: timedelta, overrides: Sequence[Override] = ()
) -> Iterator[tuple[datetime, str | None, str | None]]:
    """Yield every step's moment with user and layer."""
    zone = ZoneInfo(schedule.time_zone)
    shown = _shown(start - 2 * _DAY, zone)
    at = start - 2 * _DAY
    while at < end:
        # What the clock showed last before this step counts too: it may have been put back in between.
        shown = max(shown, _shown(at - _TICK, zone), _shown(at, zone))
        if at >= start:
            yield at, *_turn(schedule, at, shown, zone, overrides)
        at += step if at >= start else _MINUTE


def _shown(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _turn(
    schedule: Schedule, at: datetime, shown: datetime, zone: ZoneInfo, overrides: Sequence[Override]
) -> tuple[str | None, str | None]:
    found: tuple[str | None, str | None] = (None, None)
    for layer in schedule.layers:
        if at >= datetime.fromisoformat(layer.start) and _is_open(layer, shown):
            found = layer.users[_turns(layer, at, shown, zone) % len(layer.users)], layer.name
    for override in overrides:
        if override.schedule == schedule.key and override.start <= at < override.end:
            found = override.user, None
    return found


def _is_open(layer: Layer, shown: datetime) -> bool:
    return not layer.restrictions or any(_holds(one, shown) for one in layer.restrictions)


def _holds(restriction: Restriction, shown: datetime) -> bool:
    for ago in range(9):
        day = shown.date() - ago * _DAY
        if restriction.weekday in (None, day.isoweekday()):
            begins = datetime.combine(day, time.fromisoformat(restriction.start))
            if begins <= shown < begins + timedelta(seconds=restriction.duration_seconds):
                return True
    return False


def _turns(layer: Layer, at: datetime, shown: datetime, zone: ZoneInfo) -> int:
    start, length = datetime.fromisoformat(layer.start), timedelta(seconds=layer.turn_seconds)
    by_the_clock = layer.turn_seconds % 86_400 == 0
    now, handover = (shown, _shown(start, zone)) if by_the_clock else (at, start)
    turns = 0
    while (handover := handover + length) <= now:
        turns += 1
    return turns
