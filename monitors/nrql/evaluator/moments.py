"""What SINCE, UNTIL and COMPARE WITH mean at a given time.

Source of every rule: docs.newrelic.com/docs/nrql/using-nrql/query-time-range, "Set a query's time range".
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from monitors.nrql.evaluator.arguments import seconds
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.tree import Ago, DayWord, Moment, Number, Query, Text, Variable

_HOUR: Final = 3600
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATETIME: Final = re.compile(
    r"(?:(?P<year>\d{4})-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?)?"
    r"(?:(?:^|T| )(?P<hour>\d{1,2}):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:\.(?P<fraction>\d{1,3}))?)?)?"
    r" ?(?P<zone>Z|[+-]\d\d:?\d\d|\[[A-Za-z0-9_+/-]+\])? ?(?P<half>AM|PM)?"
)


def zone_of(query: Query) -> tzinfo:
    """Return the time zone of a query, UTC where it names none. Raises `NotEvaluated` for one that is not known."""
    return named_zone(query.timezone.name if query.timezone else "UTC")


def range_of(query: Query, now_seconds: float) -> tuple[float, float]:
    """Return a query's time range in seconds since 1970: from the first, inclusive, to before the second."""
    zone = zone_of(query)
    until = now_seconds if query.until is None else moment(query.until, now_seconds, zone)
    since = now_seconds - _HOUR if query.since is None else moment(query.since, now_seconds, zone, never_later=True)
    if since >= until:
        raise NotEvaluated(f"the time range is empty: SINCE is at {since:.0f} and UNTIL at {until:.0f} s since 1970")
    return since, until


def moment(node: Moment, now_seconds: float, zone: tzinfo, *, never_later: bool = False) -> float:
    """Return a moment in seconds since 1970; `never_later`, as in SINCE, takes the day before for a time to come."""
    if isinstance(node, Ago):
        return now_seconds - seconds(node.duration, "a time")
    if isinstance(node, Number):
        return node.value / 1000
    if isinstance(node, Variable):
        raise NotEvaluated(f"the template variable {{{{{node.name}}}}} as a time is not evaluated")
    if isinstance(node, Text):
        return _of_text(node.value, now_seconds, zone, never_later)
    return _of_words(node, now_seconds, zone, never_later)


def _of_words(node: DayWord, now_seconds: float, zone: tzinfo, never_later: bool) -> float:
    if node.words == "now":
        return now_seconds
    now = datetime.fromtimestamp(now_seconds, zone)
    first, _, unit = node.words.partition(" ")
    if first in ("this", "last"):
        return _period(unit, last=first == "last", now=now)
    days_back = 0 if first == "today" else 1 if first == "yesterday" else (now.weekday() - _WEEKDAYS.index(first)) % 7
    day = now.date() - timedelta(days=days_back)
    found = datetime.combine(day, _time_of_day(node.at), zone)
    if never_later and first == "today" and found.timestamp() > now_seconds:
        found = datetime.combine(day - timedelta(days=1), found.timetz(), zone)
    return found.timestamp()


def _period(unit: str, *, last: bool, now: datetime) -> float:
    """Return the beginning of the current or the previous hour, week, month, quarter or year."""
    if unit == "hour":
        return now.replace(minute=0, second=0, microsecond=0).timestamp() - (_HOUR if last else 0)
    today = now.date()
    if unit == "week":
        start = today - timedelta(days=today.weekday() + (7 if last else 0))
        return datetime.combine(start, time(), now.tzinfo).timestamp()
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    index = today.year * 12 + today.month - 1
    index -= index % months + (months if last else 0)
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=now.tzinfo).timestamp()


def _time_of_day(text: str | None) -> time:
    if text is None:
        return time()
    found = re.fullmatch(r"(\d{1,2}):(\d\d)(?::(\d\d))?", text)
    if found is None:
        raise NotEvaluated(f"AT '{text}' is no time of day; write it like '09:30' or '09:30:15'")
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError as error:
        raise NotEvaluated(f"AT '{text}' is no time of day: {error}") from error


def _of_text(text: str, now_seconds: float, zone: tzinfo, never_later: bool) -> float:
    found = _DATETIME.fullmatch(text.strip())
    if found is None or not (found["year"] or found["hour"]):
        raise NotEvaluated(f"'{text}' is no date that is evaluated; write it like '2026-01-31T12:00:00Z'")
    zone = _text_zone(found["zone"]) or zone
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"] or 1)) if found["year"] else None
        clock = time(
            _hour(found), int(found["minute"] or 0), int(found["second"] or 0), _microseconds(found["fraction"])
        )
    except ValueError as error:
        raise NotEvaluated(f"'{text}' is no date: {error}") from error
    today = datetime.fromtimestamp(now_seconds, zone).date()
    when = datetime.combine(day or today, clock, zone)
    if day is None and never_later and when.timestamp() > now_seconds:
        when = datetime.combine(today - timedelta(days=1), clock, zone)
    return when.timestamp()


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"] or 0)
    if not found["half"]:
        return hour
    return hour % 12 + (12 if found["half"] == "PM" else 0)


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0").ljust(3, "0")) * 1000


def _text_zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text.startswith("["):
        return named_zone(text[1:-1])
    if text == "Z":
        return named_zone("UTC")
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((1 if text[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def named_zone(name: str) -> tzinfo:
    """Return a time zone by its name. Raises `NotEvaluated` for one that is not known."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise NotEvaluated(f"the time zone {name!r} is not known; name one like 'Europe/Paris'") from error
