"""Times of a week as people say them: `from 17:00 to 09:00 and at weekends`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from monitors.rules.coverage import WEEK, Span, clock, in_words, joined, total
from monitors.words import listed

_DAY: Final = 86_400
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORKDAYS: Final = (0, 1, 2, 3, 4)
_TOLD_AT_MOST: Final = 4
ALWAYS: Final = "at every hour"


def week_spans(spans: Iterable[tuple[datetime, datetime]], zone: str) -> list[Span]:
    """Return stretches of one week as seconds since Monday 00:00 on the clocks of a time zone, in order, joined."""
    info = ZoneInfo(zone)
    found: list[Span] = []
    for start, end in spans:
        begins, ends = _second(start.astimezone(info)), _second(end.astimezone(info))
        if begins < ends:
            found.append((begins, ends))
        else:  # over Sunday's end, or a whole week
            found += [(begins, WEEK), (0, ends)]
    return merged(one for one in found if one[0] < one[1])


def when(spans: Sequence[Span]) -> str:
    """Return when in a week something is so, by its spans in order."""
    if total(spans) == WEEK:
        return ALWAYS
    return _groups(spans) or _outside(spans) or _one_by_one(spans)


def workday_spans(weekdays: Iterable[int], start: str, end: str) -> list[Span]:
    """Return the hours from one time of day to a later one on some weekdays, from 1, Monday, on."""
    begins, ends = _seconds(time.fromisoformat(start)), _seconds(time.fromisoformat(end))
    return [((day - 1) * _DAY + begins, (day - 1) * _DAY + ends) for day in sorted(weekdays)]


def window_spans(weekdays: Iterable[int], first_start: datetime, first_end: datetime) -> list[Span]:
    """Return windows as long as the first that begin at its time of day on some weekdays, from 1, Monday, on."""
    length = int((first_end - first_start) / timedelta(seconds=1))
    found: list[Span] = []
    for day in weekdays:
        start = (day - 1) * _DAY + _seconds(first_start.time())
        found += [(start, min(start + length, WEEK)), (0, start + length - WEEK)]
    return merged(one for one in found if one[0] < one[1])


def inverse(spans: Sequence[Span]) -> list[Span]:
    """Return what of a week some spans, in order, leave."""
    left: list[Span] = []
    at = 0
    for start, end in spans:
        if start > at:
            left.append((at, start))
        at = end
    return left if at >= WEEK else [*left, (at, WEEK)]


def _groups(spans: Sequence[Span]) -> str:
    """Return spans that are the same on several days, told once; "" where the days differ too much."""
    days: dict[Span, list[int]] = defaultdict(list)
    for start, end in joined(spans):
        if end - start > _DAY:
            return ""
        days[start % _DAY, end - start].append(start // _DAY)
    if len(days) > _TOLD_AT_MOST - 2:
        return ""
    return listed(list(_grouped(days)))


def _grouped(days: dict[Span, list[int]]) -> Iterator[str]:
    for (start, length), on in days.items():
        if length == _DAY and start == 0:
            yield f"on {day_names(on)}"
        else:
            hours = f"from {clock(start)} to {clock((start + length) % _DAY)}"
            yield f"{hours} every day" if len(on) == len(_DAYS) else f"{hours} on {day_names(on)}"


def _outside(spans: Sequence[Span]) -> str:
    """Return spans by the hours that they leave out, where those are the same on some days."""
    left = joined(inverse(spans))
    same = {(start % _DAY, end - start) for start, end in left}
    if len(same) != 1 or len({start // _DAY for start, _ in left}) != len(left):
        return ""
    days = sorted(start // _DAY for start, _ in left)
    start, length = next(iter(same))
    begin, end = clock(start), clock((start + length) % _DAY)
    if length >= _DAY:
        return ""
    if tuple(days) == _WORKDAYS and start + length <= _DAY:
        return f"from {end} to {begin} and at weekends"
    return f"outside {begin} to {end} on {day_names(days)}"


def _one_by_one(spans: Sequence[Span]) -> str:
    every = [f"from {in_words(one)}" for one in joined(spans)]
    more = [f"{len(every) - _TOLD_AT_MOST} more times a week"] if len(every) > _TOLD_AT_MOST else []
    return listed([*every[:_TOLD_AT_MOST], *more])


def day_names(days: Sequence[int]) -> str:
    """Return days of the week, from 0, Monday, on; `Monday to Friday` for three and more in a row."""
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{_DAYS[days[0]]} to {_DAYS[days[-1]]}"
    return listed([_DAYS[day] for day in days])


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that touch in one piece."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _second(local: datetime) -> int:
    return local.weekday() * _DAY + _seconds(local.time())


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
