"""The backtest itself: every condition of a stack over recorded data, and whom its incidents would have reached."""

from __future__ import annotations

from collections.abc import Sequence

from monitors.alerting import Incident
from monitors.backtest.histories import Judged, judge
from monitors.backtest.hours import Hours, hours_of
from monitors.backtest.marks import MADE_UP
from monitors.backtest.notices import Heard, heard
from monitors.backtest.overlaps import overlaps
from monitors.backtest.result import AlertHistory, Backtest, Opening, Source
from monitors.nrql.evaluator import Data
from monitors.spec import NrqlCondition, Stack


class NothingToReplay(ValueError):
    """The data and the question have no time in common; the message says which times each has."""


def backtest(
    stack: Stack,
    data: Data,
    *,
    name: str,
    alerts: Sequence[str] = (),
    since: float | None = None,
    until: float | None = None,
    brief_minutes: float = 5,
) -> Backtest:
    """Replay recorded data through the conditions of a stack, or through those whose keys `alerts` names.

    `name` is that of the file or folder the data was read from. Everything before `since` is evaluated too, so that
    windows and incidents are as they would have been; only what was open from `since` on is reported. The data are
    taken to have arrived when they were stamped. Raises `NothingToReplay` when no data is within the time asked for.
    """
    hours, span = hours_of(stack), data.time_span()
    start, end = _period(span, since, until, hours)
    start_of_data = start if span is None else span[0]
    judged: list[tuple[NrqlCondition, str, Judged]] = []
    for policy in stack.observability.policies:
        for condition in policy.conditions:
            if alerts and condition.key not in alerts:
                continue
            judged.append((condition, policy.key, judge(condition, data, start_of_data, end)))
    incidents = [incident for _, _, one in judged for incident in one.incidents]
    told = heard(stack, incidents, end)
    histories = tuple(
        AlertHistory(condition, policy, one.coverage, _openings(one.incidents, told, start, end), one.windows)
        for condition, policy, one in judged
    )
    return Backtest(
        stack=stack.name,
        since=start,
        until=end,
        hours=hours,
        source=Source(name, len(data), MADE_UP in data.attributes(frozenset(data.event_types))),
        alerts=histories,
        overlaps=overlaps(
            {one.condition.key: [(each.opened_at, each.ended_at) for each in one.openings] for one in histories}
        ),
        brief_minutes=brief_minutes,
    )


def _period(
    span: tuple[float, float] | None, since: float | None, until: float | None, hours: Hours
) -> tuple[float, float]:
    """Return the time to report: what was asked for, as far as there is data."""
    if span is None:
        raise NothingToReplay("there is no row at all")
    first, last = span
    # The last row belongs to a minute that goes on for a while: a window that ends with it is whole.
    minute = 60
    first, last = first - first % minute, last - last % minute + minute
    start, end = max(first, since if since is not None else first), min(last, until if until is not None else last)
    if start >= end:
        raise NothingToReplay(
            f"the data is from {_told(first, hours)} to {_told(last, hours)} ({hours.time_zone}), and nothing of it is "
            f"{_asked(since, until, hours)}"
        )
    return start, end


def _asked(since: float | None, until: float | None, hours: Hours) -> str:
    named = (("from", since), ("to", until))
    return " ".join(f"{word} {_told(moment, hours)}" for word, moment in named if moment is not None)


def _told(moment: float, hours: Hours) -> str:
    return f"{hours.local(moment):%Y-%m-%d %H:%M}"


def _openings(
    incidents: Sequence[Incident], told: dict[Incident, Heard], start: float, end: float
) -> tuple[Opening, ...]:
    found = (_opening(one, told.get(one, Heard()), end) for one in incidents)
    return tuple(opening for opening in found if opening.ended_at > start)


def _opening(incident: Incident, told: Heard, end: float) -> Opening:
    still_open = incident.closed_at is None or incident.closed_at > end
    ended_at = end if still_open or incident.closed_at is None else incident.closed_at
    over_at = incident.recovered_at if incident.recovered_at is not None else ended_at
    return Opening(
        facet=incident.facet,
        priority=incident.priority,
        cause=incident.cause,
        opened_at=incident.opened_at,
        ended_at=ended_at,
        still_open=still_open,
        closed_because=None if still_open else incident.closed_because,
        value=incident.value,
        over_at=min(max(over_at, incident.opened_at), ended_at),
        notices=told.notices,
        muted_by=told.muted_by,
        joined=told.joined,
    )
