"""What a new alert begins to notice, and what is noticed no more when one is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from monitors.nrql import NrqlSyntaxError, parse, to_text
from monitors.nrql.tree import Facet, Query
from monitors.review.alerts import times
from monitors.review.alerts.edits import whole
from monitors.review.alerts.reach import Routes
from monitors.review.changes import Area, Change, Danger, Operation
from monitors.review.findings import Finding, alone
from monitors.rules.routes import opens
from monitors.spec import NrqlCondition
from monitors.words import duration, listed


def added(condition: NrqlCondition, routes: Routes, at: datetime, history: Iterable[Finding]) -> Change:
    """Return the change of a new alert."""
    pages = routes.pages(condition)
    danger = Danger.MEDIUM if pages else Danger.LOW
    does = _does(condition, routes) if condition.enabled else "is switched off"
    headline = f"({condition.severity}) is new and {does}: it opens when it is {_when(condition)}"
    facts = [*_about(condition, danger), *_way(condition, routes, danger)]
    if pages:
        first = routes.woken_first(condition, at) or "nobody, since nobody is on call"
        facts.append(Finding("wakes", f"wakes {first} first", danger, "", None, first))
        answer = duration(condition.severity.acknowledge_within_seconds)
        facts.append(Finding("severity", f"is {condition.severity}, to be acknowledged within {answer}", danger))
    facts += [*times.of_new(condition, danger), *_silent_at_first(condition, danger), *history]
    return alone("condition", Area.ALERTS, condition, Operation.ADDED, danger, headline, facts)


def removed(condition: NrqlCondition, routes: Routes, at: datetime, history: Iterable[Finding]) -> Change:
    """Return the change of an alert that is gone."""
    pages = routes.pages(condition)
    danger = Danger.HIGH if pages else Danger.MEDIUM if condition.enabled else Danger.LOW
    heard = f"nobody is {'paged' if pages else 'told'} any more" if condition.enabled else "it was switched off"
    headline = f"({condition.severity}) is gone: {heard} when it is {_when(condition)}"
    if not condition.enabled:
        headline = f"({condition.severity}) is gone: {heard}"
    facts = [
        Finding("what it meant to users", f"What is not noticed by it any more: {condition.user_impact}", danger,
                stands_alone=True),
        *_measures(condition, danger, "measured"),
    ]  # fmt: skip
    if pages:
        first = routes.woken_first(condition, at) or "nobody, since nobody was on call"
        facts.append(Finding("wakes", f"woke {first} first", danger, "", first, "nobody"))
    if condition.enabled:
        facts.append(Finding("way", f"went by {_ways(condition, routes)}", danger))
    return alone("condition", Area.ALERTS, condition, Operation.REMOVED, danger, headline, [*facts, *history])


def _does(condition: NrqlCondition, routes: Routes) -> str:
    route = routes.of(condition)
    told = [(one, route.tells(one)) for one in sorted(opens(condition))]
    does = list(dict.fromkeys(does for _, does in told if does))
    return listed(does) if does else "tells nobody"


def _when(condition: NrqlCondition) -> str:
    """Return when it opens, such as `above 5 % for 5 min, above 3 % for 5 min (a warning) or silent for 3 min`."""
    states = []
    if condition.critical is not None:
        states.append(whole(condition, condition.critical))
    if condition.warning is not None:
        states.append(f"{whole(condition, condition.warning)} (a warning)")
    loss = condition.loss_of_signal
    if loss is not None and loss.open_incident:
        states.append(f"silent for {duration(loss.after_seconds)}")
    return listed(states, "or")


def _about(condition: NrqlCondition, danger: Danger) -> Iterator[Finding]:
    says = f"What it means to users: {condition.user_impact}"
    yield Finding("what it means to users", says, danger, stands_alone=True)
    yield from _measures(condition, danger, "measures")


def _measures(condition: NrqlCondition, danger: Danger, verb: str) -> Iterator[Finding]:
    try:
        query = parse(condition.query)
    except NrqlSyntaxError:
        query = None
    if not isinstance(query, Query):
        yield Finding(verb, f"{verb} what its query says, which cannot be read: {condition.query}", danger)
        return
    select = listed(to_text(one.expression) for one in query.select)
    where = "" if query.where is None else f", where {to_text(query.where)}"
    facet = "" if query.facet is None else f", with one incident for each {_group(query.facet)}"
    read = to_text(query.source).removeprefix("FROM ")
    every = f"over {duration(condition.signal.window_seconds)}"
    yield Finding(verb, f"{verb} {select} of {read} {every}{where}{facet}", danger)


def _group(facet: Facet) -> str:
    """Return what each incident is of, such as `vendor`."""
    return f"case of {to_text(facet)}" if facet.cases else listed(to_text(one.expression) for one in facet.by)


def _way(condition: NrqlCondition, routes: Routes, danger: Danger) -> Iterator[Finding]:
    yield Finding("way", f"goes by {_ways(condition, routes)}", danger)


def _ways(condition: NrqlCondition, routes: Routes) -> str:
    route = routes.of(condition)
    ways = dict.fromkeys(route.way(one) for one in sorted(opens(condition)) if route.of(one))
    return "; ".join(ways) if ways else f'the policy "{route.policy.name}", which nobody hears of'


def _silent_at_first(condition: NrqlCondition, danger: Danger) -> Iterator[Finding]:
    """Yield that silence from the start is never told ("Set the loss of signal threshold", docs.newrelic.com)."""
    loss = condition.loss_of_signal
    if condition.enabled and loss is not None and loss.open_incident:
        says = "does not hear of a source that is silent already when it is made"
        yield Finding("silence", says, danger, "New Relic misses only what it has seen before")
