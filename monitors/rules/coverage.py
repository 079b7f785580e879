"""When somebody is on call, week by week, exactly: a schedule's restrictions repeat every week in its own time zone.

Rotations change who is on call and never whether somebody is. So a week's coverage holds for every week, those with a
change of daylight-saving time included, as long as all schedules are in one time zone. For several zones each pair of
offsets that a year brings is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.spec import EscalationLevel, Schedule, ScheduleTarget

WEEK: Final = 604_800
_DAY: Final = 86_400
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Span = tuple[int, int]  # seconds since Monday 00:00


def gaps(levels: Sequence[EscalationLevel], schedules: Iterable[Schedule]) -> tuple[list[Span], str]:
    """Return the times of a week at which no level has anybody, and the time zone they are in."""
    by_key = {schedule.key: schedule for schedule in schedules}
    targets = [target for level in levels for target in level.targets]
    if any(not isinstance(target, ScheduleTarget) for target in targets):
        return [], "Etc/UTC"  # a user who is named is always on call
    named = [by_key[target.schedule] for target in targets if isinstance(target, ScheduleTarget)]
    zones = list(dict.fromkeys(schedule.time_zone for schedule in named))
    if len(zones) == 1:
        return _without([span for schedule in named for span in _covered(schedule)]), zones[0]
    worst: list[Span] = []
    for offsets in _offsets(zones, max(_begin(schedule) for schedule in named)):
        shift = dict(zip(zones, offsets, strict=True))
        spans = [_moved(span, -shift[one.time_zone]) for one in named for span in _covered(one)]
        found = _without([part for span in spans for part in span])
        worst = max(worst, found, key=total)
    return worst, "Etc/UTC"


def total(spans: Iterable[Span]) -> int:
    """Return the seconds in some spans."""
    return sum(end - start for start, end in spans)


def in_words(span: Span) -> str:
    """Return a span as people say it, such as Monday 17:00 to Tuesday 09:00."""
    return f"{_moment(span[0])} to {_moment(span[1])}"


def clock(seconds: int) -> str:
    """Return the time of day of so many seconds after midnight."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def joined(spans: Sequence[Span]) -> list[Span]:
    """Return spans with the one that goes over Sunday's end in one piece, last."""
    if len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == WEEK:
        return [*spans[1:-1], (spans[-1][0], WEEK + spans[0][1])]
    return list(spans)


def _moment(seconds: int) -> str:
    day, rest = divmod(seconds % WEEK, _DAY)
    return f"{_DAYS[day]} {clock(rest)}"


def _covered(schedule: Schedule) -> Iterator[Span]:
    for layer in schedule.layers:
        if not layer.restrictions:
            yield 0, WEEK
        for one in layer.restrictions:
            hours, minutes, seconds = map(int, one.start.split(":"))
            start = hours * 3600 + minutes * 60 + seconds
            days = range(7) if one.weekday is None else (one.weekday - 1,)
            for day in days:
                yield from _wrapped(day * _DAY + start, one.duration_seconds)


def _wrapped(start: int, duration: int) -> Iterator[Span]:
    start %= WEEK
    yield start, min(start + duration, WEEK)
    if start + duration > WEEK:
        yield 0, start + duration - WEEK


def _moved(span: Span, by_seconds: int) -> list[Span]:
    if span == (0, WEEK):
        return [span]
    return list(_wrapped(span[0] + by_seconds, span[1] - span[0]))


def _without(covered: Iterable[Span]) -> list[Span]:
    """Return what of a week is left uncovered."""
    left: list[Span] = []
    at = 0
    for start, end in sorted(covered):
        if start > at:
            left.append((at, start))
        at = max(at, end)
    return left if at >= WEEK else [*left, (at, WEEK)]


def _begin(schedule: Schedule) -> datetime:
    return max(datetime.fromisoformat(layer.start) for layer in schedule.layers)


def _offsets(zones: Sequence[str], begin: datetime) -> set[tuple[int, ...]]:
    """Return every set of offsets from UTC that the zones have together on some day of the year from a moment on."""
    noon = begin.astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    infos = [ZoneInfo(zone) for zone in zones]
    days = (noon + timedelta(days=count) for count in range(366))
    return {tuple(_offset(day, info) for info in infos) for day in days}


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    offset = moment.astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
