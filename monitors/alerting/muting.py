"""When a muting rule mutes: weekly windows in local time, through changes to and from daylight-saving time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from monitors.spec import MutingRule

_WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


class Mute(NamedTuple):
    """The key of the rule that mutes, and when its window ends, in seconds since 1970."""

    rule: str
    until_seconds: float


def mute(rules: Iterable[MutingRule], policy: str, at_seconds: float) -> Mute | None:
    """Return what mutes a policy's incident that opens at a moment, the window that ends last; None when nothing does.

    A window's start is in it, its end is not.
    """
    mutes = [
        Mute(rule.key, ends)
        for rule in rules
        if rule.enabled and policy in rule.policies and (ends := _window_end(rule, at_seconds)) is not None
    ]
    return max(mutes, key=lambda one: one.until_seconds, default=None)


class Mutes:
    """When some rules mute within a time, in ascending pieces (UTC), each with the end of the window that ends last."""

    def __init__(self, rules: Iterable[MutingRule], within: tuple[datetime, datetime]) -> None:
        found = [window for rule in rules for window in _windows(rule, *within)]
        edges = sorted({edge for window in found for edge in window})
        self.pieces: list[tuple[tuple[datetime, datetime], datetime]] = []
        for start, end in pairwise(edges):
            until = max((ends for begins, ends in found if begins <= start < ends), default=None)
            if until is not None:
                self.pieces.append(((start, end), until))

    def until(self, at: datetime) -> datetime | None:
        """Return until when an incident that opens at a moment is muted; None when it is not."""
        index = bisect_right(self.pieces, at, key=lambda piece: piece[0][0]) - 1
        if index < 0 or self.pieces[index][0][1] <= at:
            return None
        return self.pieces[index][1]


def _windows(rule: MutingRule, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield a rule's windows that may touch a time, a disabled rule's none."""
    zone = ZoneInfo(rule.time_zone)
    day, last = start.astimezone(zone).date() - timedelta(days=1), end.astimezone(zone).date()
    while rule.enabled and day <= last:
        begins, ends = _window(rule, day, zone)
        if begins < ends:
            yield datetime.fromtimestamp(begins, UTC), datetime.fromtimestamp(ends, UTC)
        day += timedelta(days=1)


def _window_end(rule: MutingRule, at_seconds: float) -> float | None:
    """Return when the rule's window around a moment ends, None when no window is around it."""
    zone = ZoneInfo(rule.time_zone)
    today = datetime.fromtimestamp(at_seconds, UTC).astimezone(zone).date()
    # A window is a day long at most, so that it began today or yesterday.
    windows = (_window(rule, day, zone) for day in (today, today - timedelta(days=1)))
    return next((end for start, end in windows if start <= at_seconds < end), None)


def _window(rule: MutingRule, day: date, zone: ZoneInfo) -> tuple[float, float]:
    """Return the window that begins on a local day, empty when none does.

    "If you set a start date and also choose a day of the week, your muting rules will be applied on the first of those
    days after your start date" (docs.newrelic.com, "Muting rules: Suppress notifications"). Both ends are read off the
    wall clock: a time that a change of clocks leaves out is an hour later, one that comes twice is the first.
    """
    first, last = datetime.fromisoformat(rule.first_start), datetime.fromisoformat(rule.first_end)
    if day < first.date() or _WEEKDAYS[day.weekday()] not in rule.weekdays:
        return 0.0, 0.0
    start = datetime.combine(day, first.time())
    ends = start + (last - first)
    return start.replace(tzinfo=zone).timestamp(), ends.replace(tzinfo=zone).timestamp()
