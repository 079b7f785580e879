"""The calendar as data, for programs; fields are documented in docs/who.md."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from lookout.who.calendar.words import passed_over

if TYPE_CHECKING:
    from lookout.who.calendar.asking import Answer
    from monitors.alerting.rota import Double, Gap, Load, Rota, Shift


def document(answer: Answer) -> dict[str, Any]:
    """Return a calendar as what JSON has: keys of specs, moments with offsets, durations in seconds, shares of 1."""
    found = answer.calendar
    return {
        "stack": answer.stack.name,
        "from": _moment(answer, found.start),
        "to": _moment(answer, found.end),
        "time_zone": answer.time_zone,
        "users": {user.key: user.role for user in answer.stack.response.users},
        "schedules": [_schedule(answer, rota) for rota in found.rotas],
        "gaps": [_time(answer, one) for one in found.gaps],
        "passed_over": [{**_time(answer, one), "level": one.level} for one in passed_over(found)],
        "doubles": [{**_time(answer, one), "user": one.user, "levels": list(one.levels)} for one in found.doubles],
        "clock_changes": [
            {"time_zone": one.zone, "at": _moment(answer, one.at), "by_seconds": _seconds(one.by)}
            for one in found.clock_changes
        ],
        "loads": [_load(one) for one in answer.loads],
    }


def _schedule(answer: Answer, rota: Rota) -> dict[str, Any]:
    schedule = rota.schedule
    shifts = [_shift(answer, one) for one in rota.shifts]
    return {"key": schedule.key, "name": schedule.name, "time_zone": schedule.time_zone, "shifts": shifts}


def _shift(answer: Answer, shift: Shift) -> dict[str, Any]:
    times = {"from": _moment(answer, shift.start), "to": _moment(answer, shift.end)}
    return {
        **times,
        "user": shift.user,
        "layer": shift.layer,
        "by_override": shift.user is not None and shift.layer is None,
    }


def _time(answer: Answer, one: Gap | Double) -> dict[str, Any]:
    return {"policy": one.policy, "from": _moment(answer, one.start), "to": _moment(answer, one.end)}


def _load(load: Load) -> dict[str, Any]:
    return {
        "user": load.user,
        "on_call_seconds": _seconds(load.on_call),
        "share": round(load.share, 4),
        "nights": load.nights,
        "night_seconds": _seconds(load.night_time),
        "night_share": round(load.night_share, 4),
        "weekends": load.weekends,
        "weekend_days": load.weekend_days,
        "weekend_seconds": _seconds(load.weekend_time),
        "weekend_share": round(load.weekend_share, 4),
        "longest_stretch_seconds": _seconds(load.longest_stretch),
        "levels": [
            {"level": one.level, "on_call_seconds": _seconds(one.on_call), "share": round(one.share, 4)}
            for one in load.levels
        ],
    }


def _moment(answer: Answer, at: datetime) -> str:
    return at.astimezone(answer.zone).isoformat()


def _seconds(lasts: timedelta) -> float:
    seconds = lasts.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds
