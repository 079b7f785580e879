"""Text within a picture: escaped for HTML and SVG alike, whatever a name or value holds."""

from __future__ import annotations

from typing import Final

from monitors.backtest.hours import Hours
from monitors.backtest.result import AlertHistory, Notice, Opening
from monitors.backtest.words import duration, number, span
from monitors.spec import NrqlCondition, Operator, Threshold
from monitors.words import counted

_WORDS: Final = {
    Operator.ABOVE: "above",
    Operator.ABOVE_OR_EQUALS: "at or above",
    Operator.BELOW: "below",
    Operator.BELOW_OR_EQUALS: "at or below",
    Operator.EQUALS: "at",
    Operator.NOT_EQUALS: "other than",
}


def threshold(condition: NrqlCondition, term: Threshold) -> str:
    """Return a threshold in words: `above 5 % for 5 min`."""
    unit = "" if condition.unit == "1" else f" {condition.unit}"
    if condition.baseline is not None:
        return f"{number(term.value)} deviations from usual for {duration(term.duration_seconds)}"
    all_of_it = "for" if term.occurrences == "all" else "at least once in"
    return f"{_WORDS[term.operator]} {number(term.value)}{unit} {all_of_it} {duration(term.duration_seconds)}"


def thresholds(condition: NrqlCondition) -> str:
    """Return all thresholds of a condition in words."""
    named = (("critical", condition.critical), ("warning", condition.warning))
    return "; ".join(f"{name} {threshold(condition, term)}" for name, term in named if term is not None)


def facet(opening: Opening) -> str:
    """Return which of a condition's signals an incident is of, empty where it has one only."""
    return ", ".join(opening.facet)


def told(opening: Opening) -> str:
    """Return whom an incident was told to, or why to nobody."""
    if opening.notices:
        return "; ".join(map(_notice, opening.notices))
    if opening.muted_by is not None:
        return f"nobody: muted by {opening.muted_by}"
    return "with the incident before it" if opening.joined else "nobody"


def _notice(notice: Notice) -> str:
    """Return whom a channel told, with the people and, where nobody acknowledges, the minutes until the next."""
    if notice.kind != "page":
        return notice.channel
    if notice.grouped:
        return f"{notice.channel}: grouped with a page before it"
    people = (
        f"after {level.after_minutes} min {' and '.join(level.roles)}"
        if level.after_minutes
        else " and ".join(level.roles)
        for level in notice.levels
    )
    urgency = "" if notice.is_urgent else " (low urgency)"
    return f"{notice.channel}{urgency}: {', '.join(people) or 'nobody on call'}"


def heading(alert: AlertHistory, opening: Opening) -> str:
    """Return an incident's name: the alert's, and the facet where there is one."""
    name = alert.condition.name
    return f"{name} ({facet(opening)})" if opening.facet else name


def summary(alert: AlertHistory, opening: Opening, hours: Hours) -> str:
    """Return an incident in one line, for a tooltip and for who cannot see the bar."""
    end = "still open at the end" if opening.still_open else duration(opening.seconds)
    when = span(opening.opened_at, opening.ended_at, hours)
    return f"{alert.condition.severity} {opening.priority}: {heading(alert, opening)}, {when}, {end}"


def row(alert: AlertHistory) -> str:
    """Return what an alert did in a few words: `3 incidents, 42 min`."""
    if not alert.openings:
        return "never opened"
    return f"{counted(len(alert.openings), 'incident')}, {duration(alert.total_seconds)} in all"
