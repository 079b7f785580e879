"""Words of a path: durations, moments and names as people say them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitors import words


def duration(seconds: float) -> str:
    """Return a duration to the second in all its units, such as `1 h 30 min`."""
    return words.duration(round(seconds)) if round(seconds) else "0 min"


def moment(at: datetime, time_zone: str) -> str:
    """Return a moment on the clocks of a time zone, such as `Thu 24 Dec 2026 03:00 America/Los_Angeles`."""
    local = at.astimezone(ZoneInfo(time_zone))
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{local:%a} {local.day} {local:%b %Y} {clock} {time_zone}"


def titled(spec: Any) -> str:
    """Return a spec as findings call it: its kind, and its name in quotes."""
    return f'{spec.LABEL} "{getattr(spec, "name", None) or spec.key}"'
