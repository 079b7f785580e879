"""Moments that people write as options of the verbs."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lookout.errors import CouldNotRun

_FIRST_YEAR, _LAST_YEAR = 2000, 2099  # weeks on either side of a moment have to be dates too
_FORMS: Final = "2026-12-24, 2026-12-24T03:00 or 2026-12-24T03:00Z"


def written(option: str, text: str, *, forms: str = _FORMS, years_are_for: str = "schedules are for") -> datetime:
    """Return a time as it is written, with a time zone where an offset is.

    Raises `CouldNotRun` for what is none, or in a year that is far off.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CouldNotRun(f"{option} {text!r} is no time.", f"Write one such as {forms}.") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CouldNotRun(
            f"{option} {text!r} is not within {_FIRST_YEAR} and {_LAST_YEAR}.", f"Write a year that {years_are_for}."
        )
    return found
