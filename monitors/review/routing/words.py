"""Lists, durations and moments, as people on call read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitors.spec import Setting
from monitors.words import duration, listed

_NAMED_AT_MOST = 3


def some(words: Sequence[str]) -> str:
    """Return up to three words, and how many more there are."""
    if len(words) <= _NAMED_AT_MOST:
        return listed(words)
    return f"{', '.join(words[:_NAMED_AT_MOST])} and {len(words) - _NAMED_AT_MOST:,} more"


def quoted(words: Sequence[str]) -> list[str]:
    """Return words, each in quotation marks."""
    return [f'"{word}"' for word in words]


def hours(seconds: float) -> str:
    """Return a sum of times in hours, such as `128 h`; below one hour exactly, such as `50 min`."""
    return duration(seconds) if 0 < seconds < 3600 else f"{round(seconds / 3600, 2):,g} h"


def after(minutes: int) -> str:
    """Return when a level is asked: `at once`, or after how long."""
    return "at once" if minutes == 0 else f"after {duration(minutes * 60)}"


def moment(at: datetime, zone: str) -> str:
    """Return a moment on the clocks of a time zone, such as `Mon 5 Jan 09:00`; seconds only where there are some."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %H:%M}{f':{local:%S}' if local.second else ''}"


def span(start: datetime, end: datetime, zone: str) -> str:
    """Return a stretch of time; the day is told once where both ends share it."""
    info = ZoneInfo(zone)
    if (end - start) < timedelta(days=1) and start.astimezone(info).date() == end.astimezone(info).date():
        return f"{moment(start, zone)} to {moment(end, zone).split()[-1]}"
    return f"{moment(start, zone)} to {moment(end, zone)}"


def clock(text: str) -> str:
    """Return a spec's time of day without seconds where there are none: `09:00`."""
    return text.removesuffix(":00") if text.count(":") == 2 else text


def setting(one: Setting) -> str:
    """Return a setting by its name: its value is nobody's business here."""
    return f"the setting {one.name}"
