"""A backtest as one JSON document, whose form is stable: fields are added, never renamed or taken away.

`docs/backtest.md` describes it. `version` goes up if that promise ever has to be broken.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from monitors.backtest.result import AlertHistory, Backtest, Coverage, Notice, Opening
from monitors.backtest.summary import channels, look_first, woken

VERSION: Final = 1


def document(backtest: Backtest) -> dict[str, Any]:
    """Return a backtest as data for JSON; times are ISO 8601 in UTC."""
    return {
        "version": VERSION,
        "stack": backtest.stack,
        "since": _moment(backtest.since),
        "until": _moment(backtest.until),
        "time_zone": backtest.hours.time_zone,
        "data": {
            "name": backtest.source.name,
            "rows": backtest.source.rows,
            "made_up": backtest.source.made_up,
        },
        "brief_minutes": backtest.brief_minutes,
        "look_first": look_first(backtest),
        "totals": _totals(backtest),
        "alerts": [_alert(backtest, alert) for alert in backtest.alerts],
        "overlaps": [
            {
                "first": one.first,
                "second": one.second,
                "times": one.times,
                "seconds": _tidy(one.seconds),
                "alike_percent": one.alike_percent,
                "share_percent": one.share_percent,
            }
            for one in backtest.overlaps
        ],
        "channels": [
            {"channel": channel, "kind": kind, "messages": count} for channel, kind, count in channels(backtest)
        ],
        "people": [{"role": role, "pages": count, "at_night": nightly} for role, count, nightly in woken(backtest)],
    }


def _totals(backtest: Backtest) -> dict[str, Any]:
    pages = list(backtest.pages)
    return {
        "alerts": len(backtest.alerts),
        "judged": len(backtest.judged),
        "opened": len(backtest.opened),
        "incidents": len(backtest.openings),
        "open_seconds": _tidy(sum(alert.total_seconds for alert in backtest.alerts)),
        "brief": len(backtest.brief),
        "pages": len(pages),
        "pages_at_night": sum(backtest.hours.is_night(page.at) for _, _, page in pages if page.woken),
    }


def _alert(backtest: Backtest, alert: AlertHistory) -> dict[str, Any]:
    condition = alert.condition
    return {
        "key": condition.key,
        "name": condition.name,
        "severity": str(condition.severity),
        "policy": alert.policy,
        "data": _coverage(alert.coverage),
        "opened": len(alert.openings),
        "total_seconds": _tidy(alert.total_seconds),
        "longest_seconds": _tidy(alert.longest_seconds),
        "median_seconds": _tidy(alert.median_seconds),
        "brief": len(alert.brief(backtest.brief_minutes)),
        "incidents": [_incident(backtest, opening) for opening in alert.openings],
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "found": coverage.kind,
        "points": coverage.points,
        "facets": coverage.facets,
        "windows": coverage.windows,
        "windows_without_value": coverage.windows_without_value,
        "fault": coverage.fault,
        "next_step": coverage.next_step or None,
    }


def _incident(backtest: Backtest, opening: Opening) -> dict[str, Any]:
    return {
        "facet": list(opening.facet),
        "priority": opening.priority,
        "cause": opening.cause,
        "opened_at": _moment(opening.opened_at),
        "closed_at": None if opening.still_open else _moment(opening.ended_at),
        "closed_because": opening.closed_because,
        "seconds": _tidy(opening.seconds),
        "well_again_at": None if opening.still_open else _moment(opening.over_at),
        "value": opening.value,
        "brief": opening.is_brief(backtest.brief_minutes),
        "at_night": backtest.hours.is_night(opening.opened_at),
        "muted_by": opening.muted_by,
        "joined": opening.joined,
        "told": [_notice(notice) for notice in opening.notices],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "channel": notice.channel,
        "kind": notice.kind,
        "at": _moment(notice.at),
        "urgent": notice.is_urgent,
        "grouped": notice.grouped,
        "levels": [{"after_minutes": level.after_minutes, "roles": list(level.roles)} for level in notice.levels],
    }


def _moment(seconds: float) -> str:
    timespec = "seconds" if seconds == int(seconds) else "milliseconds"
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def _tidy(seconds: float) -> float | int:
    """Return a whole number as one, so that JSON shows no trailing `.0`."""
    return int(seconds) if seconds == int(seconds) else round(seconds, 3)
