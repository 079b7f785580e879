"""Values as a comparison tells them: exact, so that two that differ never read alike, and in units people think in."""

from __future__ import annotations

from typing import Final

from monitors.words import duration, number
from service.metrics import Unit

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


def quoted(text: str) -> str:
    """Return a text in quotes, cut where it is long."""
    return f'"{text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."}"'


def sentence(text: str) -> str:
    """Return a text with a capital first letter and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
