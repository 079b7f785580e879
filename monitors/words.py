"""Words that every part which speaks to people needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_SPANS: Final = (("day", 86_400), ("h", 3600), ("min", 60))


def counted(count: int, thing: str, things: str = "") -> str:
    """Return a count with its thing: `1 incident`, `2 incidents`; `things` is for what takes no s."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"


def listed(things: Iterable[str], joined_by: str = "and") -> str:
    """Return things as a sentence lists them: `a, b and c`; empty for none."""
    *most, last = [*things] or [""]
    return f"{', '.join(most)} {joined_by} {last}" if most else last


def number(value: float) -> str:
    """Return a number with no more digits than tell it from every other."""
    short = f"{value:,.12g}"
    return short if float(short.replace(",", "")) == value else repr(value)


def duration(seconds: float) -> str:
    """Return a duration with all its parts, such as `1 h 30 min`; nothing is rounded."""
    left, parts = seconds, list[str]()
    for unit, size in _SPANS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count:,.0f} {unit}{'s' if unit == 'day' and count > 1 else ''}")
    if left or not parts:
        parts.append(f"{number(left)} s")
    return " ".join(parts)
