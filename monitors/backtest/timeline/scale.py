"""Time as a place on the picture: the scale itself, the marks on it, nights and working hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from monitors.backtest.hours import Hours

_MOST_MARKS: Final = 14
_HOUR: Final = 3600
_DAY: Final = 86_400
_LEAST_SHADE: Final = 1.5  # narrower nights would be a pattern, not information


@dataclass(frozen=True)
class Mark:
    """A moment on the axis with what is written there."""

    at: float
    label: str


@dataclass(frozen=True)
class Shade:
    """A stretch of the axis, as places on it."""

    kind: Literal["night", "working"]
    x: float
    width: float


@dataclass(frozen=True)
class Scale:
    """The time from `since` to `until` on `width` units."""

    since: float
    until: float
    width: float

    def x(self, moment: float) -> float:
        """Return where a moment is; moments outside are at the ends."""
        share = (moment - self.since) / (self.until - self.since)
        return round(min(max(share, 0.0), 1.0) * self.width, 2)

    def percent(self, moment: float) -> float:
        """Return where a moment is, in percent of the width."""
        return round(self.x(moment) / self.width * 100, 3)


def marks(scale: Scale, hours: Hours) -> tuple[Mark, ...]:
    """Return the moments to write on the axis: midnights where the people on call live, hours within a short time."""
    length = scale.until - scale.since
    if length > 2 * _DAY:
        midnights = list(hours.midnights(scale.since, scale.until))
        step = -(-len(midnights) // _MOST_MARKS)
        return tuple(Mark(moment, _day(moment, hours)) for moment in midnights[::step])
    step_hours = next(step for step in (1, 2, 3, 6, 12) if length / _HOUR / step <= _MOST_MARKS or step == 12)
    return tuple(_hourly(scale, hours, step_hours))


def hour_marks(scale: Scale, hours: Hours) -> tuple[Mark, ...]:
    """Return the marks for a look at a single day, every three hours; none where the axis has hours anyway."""
    days = (scale.until - scale.since) / _DAY
    return () if days <= 2 or days > _MOST_MARKS else tuple(_hourly(scale, hours, 3))


def _hourly(scale: Scale, hours: Hours, step_hours: int) -> Iterator[Mark]:
    moment = scale.since - scale.since % _HOUR
    while moment < scale.until + _HOUR:
        # A zone that is half an hour aside begins its hours in between.
        start = moment - hours.local(moment).minute * 60
        local = hours.local(start)
        if local.hour % step_hours == 0 and scale.since <= start < scale.until:
            yield Mark(start, f"{local:%H:%M}" if local.hour else _day(start, hours))
        moment += _HOUR


def _day(moment: float, hours: Hours) -> str:
    local = hours.local(moment)
    return f"{local:%a} {local.day} {local:%b}"


def shades(scale: Scale, hours: Hours) -> tuple[Shade, ...]:
    """Return the nights and the working hours; none where the time is so long that they would blur."""
    stretches = (
        ("night", hours.nights(scale.since, scale.until)),
        ("working", hours.working(scale.since, scale.until)),
    )
    found: list[Shade] = []
    if (scale.until - scale.since) / _DAY > scale.width / (_LEAST_SHADE * 3):
        return ()
    for kind, pairs in stretches:
        for start, end in pairs:
            x = scale.x(start)
            found.append(Shade("night" if kind == "night" else "working", x, round(scale.x(end) - x, 2)))
    return tuple(found)
