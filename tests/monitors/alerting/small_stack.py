"""The catalogue's stack with parts exchanged, and incidents of its conditions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitors import catalog
from monitors.alerting import Facet, Incident, Issue, issues_of
from monitors.spec import IncidentPreference, MutingRule, Stack

PACIFIC = ZoneInfo("America/Los_Angeles")


def at(text: str) -> float:
    """Return a local time of the Pacific coast, such as 2026-03-03T10:00, in seconds since 1970."""
    return datetime.fromisoformat(text).replace(tzinfo=PACIFIC).timestamp()


def prod(**of_observability: Any) -> Stack:
    """Return the prod stack with some of what is at New Relic exchanged."""
    stack = catalog.stack("prod")
    if not of_observability:
        return stack
    return stack.model_copy(update={"observability": stack.observability.model_copy(update=of_observability)})


def with_preference(preference: IncidentPreference) -> Stack:
    """Return the prod stack with one incident preference for all policies."""
    policies = prod().observability.policies
    return prod(policies=tuple(one.model_copy(update={"incident_preference": preference}) for one in policies))


def with_workflow(key: str, **changes: Any) -> Stack:
    """Return the prod stack with some fields of a workflow changed."""
    workflows = prod().observability.workflows
    return prod(workflows=tuple(one.model_copy(update=changes) if one.key == key else one for one in workflows))


def rule(**changes: Any) -> MutingRule:
    """Return a rule that mutes the Slack policy on Tuesdays from 10:00 to 10:30."""
    fields = {
        "key": "deploy-window",
        "name": "Deploy window",
        "description": "When deploys go out.",
        "policies": ("slack",),
        "time_zone": "America/Los_Angeles",
        "first_start": "2026-01-06T10:00:00",
        "first_end": "2026-01-06T10:30:00",
        "weekdays": ("TUESDAY",),
    }
    return MutingRule(**{**fields, **changes})


def incident(
    condition: str, opened_at: float, closed_at: float | None = None, *, facet: Facet = (), **changes: Any
) -> Incident:
    """Return a critical incident; one that has closed has recovered."""
    fields = {
        "condition": condition,
        "facet": facet,
        "priority": "critical",
        "cause": "threshold",
        "opened_at": opened_at,
        "closed_at": closed_at,
        "closed_because": None if closed_at is None else "recovered",
    }
    return Incident(**{**fields, **changes})


def spans(issues: tuple[Issue, ...]) -> list[tuple[float, float | None, int]]:
    """Return when each issue opened and closed, and how many incidents it has."""
    return [(one.opened_at, one.closed_at, len(one.incidents)) for one in issues]


def the_issue(stack: Stack, *incidents: Incident) -> Issue:
    (issue,) = issues_of(stack, incidents)
    return issue
