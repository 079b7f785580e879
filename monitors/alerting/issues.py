"""Issues: incidents grouped by the policy's preference, with the priority and the mute state that workflows go by.

Rules: "Decide when issues are created", "Issues and alert event management and response" and "Muting rules: Suppress
notifications" of docs.newrelic.com.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from monitors.alerting.incidents import Incident, in_order
from monitors.alerting.muting import mute
from monitors.spec import IncidentPreference, MutingRule, Policy, Priority, Stack


@dataclass(frozen=True, slots=True)
class Issue:
    """Incidents that are told of together, under the policy's key.

    `priority` is that at the opening; where a critical incident joined an issue that had only warnings, `raised_at`
    says when, and the issue is CRITICAL from then on. `muted_by` is the muting rule that muted the first incident, and
    so the issue, None when none did. An issue that is muted and still open when the rule's window ends is closed then;
    what is still open makes a new one.
    """

    policy: str
    incidents: tuple[Incident, ...]
    opened_at: float
    closed_at: float | None
    closed_because: Literal["incidents closed", "muting window ended"] | None
    priority: Priority
    raised_at: float | None
    muted_by: str | None

    def priority_at(self, at_seconds: float) -> Priority:
        """Return the priority at a moment; it never falls."""
        raised = self.raised_at is not None and at_seconds >= self.raised_at
        return Priority.CRITICAL if raised else self.priority


def issues_of(stack: Stack, incidents: Iterable[Incident], *, until_seconds: float = inf) -> tuple[Issue, ...]:
    """Return the issues of incidents of the stack's conditions, as they opened, up to a moment.

    Raises KeyError for an incident of a condition that the stack does not have.
    """
    policies = {one.key: policy for policy in stack.observability.policies for one in policy.conditions}
    groups: dict[Hashable, list[Incident]] = defaultdict(list)
    for incident in incidents:
        groups[_group(policies[incident.condition], incident)].append(incident)
    grouping = _Grouping(stack.observability.muting_rules, until_seconds)
    found = (
        issue
        for group in groups.values()
        for issue in grouping.issues(policies[group[0].condition].key, in_order(group))
    )
    return tuple(sorted(found, key=lambda issue: (issue.opened_at, issue.policy, issue.incidents[0].facet)))


def _group(policy: Policy, incident: Incident) -> Hashable:
    if policy.incident_preference is IncidentPreference.PER_POLICY:
        return policy.key
    if policy.incident_preference is IncidentPreference.PER_CONDITION:
        return policy.key, incident.condition
    return policy.key, incident.condition, incident.facet


class _Grouping:
    """Makes issues of incidents that belong together."""

    def __init__(self, rules: Sequence[MutingRule], until_seconds: float) -> None:
        self._rules, self._until = rules, until_seconds

    def issues(self, policy: str, incidents: Sequence[Incident]) -> Iterator[Issue]:
        """Yield one issue after the other: only one is open at a time."""
        waiting = list(reversed(incidents))
        while waiting:
            opened_at, members = waiting[-1].opened_at, [waiting.pop()]
            while members:
                issue = self._issue(policy, opened_at, members, waiting)
                yield issue
                opened_at = inf if issue.closed_at is None else issue.closed_at
                members = [one for one in members if opened_at < _all_closed([one])]

    def _issue(self, policy: str, opened_at: float, members: list[Incident], waiting: list[Incident]) -> Issue:
        """Return the issue that some incidents open, after adding to them those that join it."""
        muted = mute(self._rules, policy, opened_at)
        window_ends = inf if muted is None or muted.until_seconds > self._until else muted.until_seconds
        while waiting and waiting[-1].opened_at < min(_all_closed(members), window_ends):
            members.append(waiting.pop())
        ends = min(_all_closed(members), window_ends)
        critical = [max(one.opened_at, opened_at) for one in members if one.priority == "critical"]
        first_critical = min(critical, default=inf)
        return Issue(
            policy=policy,
            incidents=tuple(members),
            opened_at=opened_at,
            closed_at=None if ends == inf else ends,
            closed_because=_why(ends, members),
            priority=Priority.CRITICAL if first_critical == opened_at else Priority.HIGH,
            raised_at=first_critical if opened_at < first_critical < inf else None,
            muted_by=None if muted is None else muted.rule,
        )


def _all_closed(members: Sequence[Incident]) -> float:
    return max(inf if one.closed_at is None else one.closed_at for one in members)


def _why(ends: float, members: Sequence[Incident]) -> Literal["incidents closed", "muting window ended"] | None:
    if ends == inf:
        return None
    return "incidents closed" if _all_closed(members) == ends else "muting window ended"
