"""Moments, durations and values as people read them."""

from __future__ import annotations

from monitors.backtest.hours import Hours

_UNITS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))


def duration(seconds: float) -> str:
    """Return a duration in its two greatest units, such as `2 h 5 min`."""
    left = round(seconds)
    if left >= 60:
        left = round(left / 60) * 60
    parts: list[str] = []
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        if parts or count:
            parts.append(f"{count} {unit}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(filter(None, parts)) or "0 s"


def moment(seconds: float, hours: Hours) -> str:
    """Return a moment on the clocks of the people on call, such as `Tue 6 Oct 03:16`."""
    local = hours.local(seconds)
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def span(start: float, end: float, hours: Hours) -> str:
    """Return a stretch of time; the day is told once where both ends share it."""
    same_day = hours.local(start).date() == hours.local(end).date()
    return (
        f"{moment(start, hours)} to {hours.local(end):%H:%M}"
        if same_day
        else f"{moment(start, hours)} to {moment(end, hours)}"
    )


def number(value: float) -> str:
    """Return a value with no more digits than it needs."""
    if value != value:
        return "no value"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}"
