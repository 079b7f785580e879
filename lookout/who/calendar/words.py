"""Moments, durations and shares of the calendar in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitors.words import counted

if TYPE_CHECKING:
    from lookout.who.calendar.asking import Answer
    from monitors.alerting.rota import Calendar, ClockChange, Double, Gap


def moment(answer: Answer, at: datetime) -> str:
    """Return a moment such as `Mon 5 Jan 09:00` on the clocks that are shown, with its year where it is another."""
    local = at.astimezone(answer.zone)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    year = "" if local.year == answer.start.local.year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {clock}"


def hours(lasts: timedelta) -> str:
    """Return a duration in hours, such as `168 h`, or in minutes and seconds where it is not whole half hours."""
    seconds = round(lasts.total_seconds())
    if seconds % 1800 == 0:
        return f"{seconds / 3600:,g} h"
    minutes, rest = divmod(seconds, 60)
    whole, minutes = divmod(minutes, 60)
    parts = [(whole, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{count:,} {unit}" for count, unit in parts if count)


def share(part: float) -> str:
    """Return a share in per cent."""
    return f"{part * 100:.0f} %"


def total(spans: Iterable[Gap | Double]) -> timedelta:
    """Return how long some times are together."""
    return sum((one.end - one.start for one in spans), timedelta(0))


def passed_over(found: Calendar) -> list[Gap]:
    """Return the times at which a level has nobody and another level of its policy has somebody."""
    from monitors.alerting.rota.spans import difference

    gaps: dict[str, list[tuple[datetime, datetime]]] = {}
    for one in found.gaps:
        gaps.setdefault(one.policy, []).append((one.start, one.end))
    return [
        replace(one, start=start, end=end)
        for one in found.empty_levels
        for start, end in difference([(one.start, one.end)], gaps.get(one.policy, []))
    ]


def amiss(answer: Answer, one: Gap | Double) -> str:
    """Return what is amiss: nobody at a level or at any, or somebody at two."""
    from monitors.alerting.rota import Double

    policy = answer.policy(one.policy)
    if isinstance(one, Double):
        return f"{policy}: {answer.role(one.user)} on level {one.levels[0]} and level {one.levels[1]}"
    return f"{policy}: nobody at {'any level' if one.level is None else f'level {one.level}'}"


def clock_change(one: ClockChange) -> str:
    """Return by how much clocks are put forward or back, and where."""
    forward = one.by > timedelta(0)
    return f"clocks are put {'forward' if forward else 'back'} {hours(abs(one.by))} ({one.zone})"


def summary(answer: Answer) -> str:
    """Return in a sentence what is amiss."""
    found = answer.calendar
    said = [
        f"{counted(len(found.gaps), 'gap')} ({hours(total(found.gaps))}) in which an escalation policy reaches nobody"
        if found.gaps
        else "every escalation policy reaches somebody at every moment",
        f"{counted(len(found.doubles), 'time')} ({hours(total(found.doubles))}) at which somebody is on two levels"
        if found.doubles
        else "nobody is on two levels of one policy at once",
    ]
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def alike(answer: Answer, found: Sequence[Gap | Double]) -> dict[str, list[Gap | Double]]:
    """Return times by what is amiss in words."""
    by: dict[str, list[Gap | Double]] = {}
    for one in found:
        by.setdefault(amiss(answer, one), []).append(one)
    return by
