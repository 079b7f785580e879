"""Words of a path: durations, moments and names as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

_UNITS: Final = (("day", 86_400), ("h", 3600), ("min", 60), ("s", 1))


def duration(seconds: float) -> str:
    """Return a duration in all its units, such as `1 h 30 min`."""
    left, parts = round(seconds), list[str]()
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}{'s' if unit == 'day' and count > 1 else ''}")
    return " ".join(parts) or "0 min"


def moment(at: datetime, time_zone: str) -> str:
    """Return a moment on the clocks of a time zone, such as `Thu 24 Dec 2026 03:00 America/Los_Angeles`."""
    local = at.astimezone(ZoneInfo(time_zone))
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{local:%a} {local.day} {local:%b %Y} {clock} {time_zone}"


def titled(spec: Any) -> str:
    """Return a spec as findings call it: its kind, and its name in quotes."""
    return f'{spec.LABEL} "{getattr(spec, "name", None) or spec.key}"'


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    found = list(words)
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))
