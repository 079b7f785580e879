"""Times as cases write them: `90s`, `5m30s`, `1d6h`."""

from __future__ import annotations

import re
from typing import Final

_SECONDS: Final = {"d": 86_400, "h": 3600, "m": 60, "s": 1}
# The units come in this order and each once, so that a time has one way to be written.
PATTERN: Final = r"(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?"
_PARTS: Final = re.compile(r"(\d+)([dhms])")
_WHOLE: Final = re.compile(rf"(?=\d){PATTERN}")
_LONGEST_SECONDS: Final = 366 * 86_400


def seconds_of(text: str) -> int:
    """Return the seconds that a time such as `5m30s` stands for.

    Raises `ValueError` for anything else, and for more than a year: no case needs it, and a slip of the keyboard
    would fill the memory.
    """
    if text == "0":
        return 0
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is no time; write days, hours, minutes and seconds as in 90s, 5m30s or 1d6h")
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in _PARTS.findall(text))
    if seconds > _LONGEST_SECONDS:
        raise ValueError(f"{text!r} is more than a year; a case lasts a year at most")
    return seconds


def duration_text(seconds: float) -> str:
    """Return a time as cases write it, the shortest form: `5m30s`; a fraction of a second is kept."""
    whole = int(seconds)
    parts = []
    for unit, size in _SECONDS.items():
        count, whole = divmod(whole, size)
        if count:
            parts.append(f"{count}{unit}")
    fraction = seconds - int(seconds)
    return ("".join(parts) or "0s") if not fraction else f"{seconds:g}s"
