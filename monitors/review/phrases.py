"""Values as a comparison tells them: exact, so that two that differ never read alike, and in units people think in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from service.metrics import Unit

_SPANS: Final = (("day", 86_400), ("h", 3600), ("min", 60))
_MANY_MILLISECONDS: Final = 1000
_SHOWN_CHARACTERS: Final = 160
_UNITS: Final = {
    Unit.MILLISECONDS: " ms",
    Unit.DAYS: " days",
    Unit.PERCENT: " %",
    Unit.USD: " USD",
    Unit.TOKENS: " tokens",
    Unit.BYTES: " bytes",
    Unit.MEGABYTES: " MB",
}


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


def quantity(value: float, unit: Unit) -> str:
    """Return a value in its unit; a second or more of milliseconds is told in seconds and longer."""
    if unit is Unit.SECONDS and value > 0:
        return duration(value)
    if unit is Unit.MILLISECONDS and value >= _MANY_MILLISECONDS and value % _MANY_MILLISECONDS == 0:
        return duration(value / _MANY_MILLISECONDS)
    if unit is Unit.DAYS and value == 1:
        return "1 day"
    return f"{number(value)}{_UNITS.get(unit, ' s' if unit is Unit.SECONDS else '')}"


def between(low: str, high: str) -> str:
    """Return a range, such as `5 to 7 %`; a unit that both ends share is told once."""
    first, _, unit = low.rpartition(" ")
    same = first and " " not in first and high.count(" ") == 1 and high.endswith(f" {unit}")
    return f"{first if same else low} to {high}"


def listed(things: Iterable[str], joined_by: str = "and") -> str:
    """Return things as a sentence lists them: `a, b and c`."""
    *most, last = things
    return f"{', '.join(most)} {joined_by} {last}" if most else last


def quoted(text: str) -> str:
    """Return a text in quotes, cut where it is long."""
    return f'"{text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."}"'


def sentence(text: str) -> str:
    """Return a text with a capital first letter and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
