"""Policies whose open issue swallows later incidents, so that they notify nobody.

An incident that joins an open issue starts no notification. With PER_POLICY, the vendor's default, a second alert joins
the first one's issue; with PER_CONDITION a second facet joins the first one's.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition
from monitors.spec import IncidentPreference


def _run(review: Review) -> Iterator[Finding]:
    by_policy: dict[str, list[ReviewedCondition]] = {}
    for condition in review.conditions:
        by_policy.setdefault(condition.policy.key, []).append(condition)
    for conditions in by_policy.values():
        policy = conditions[0].policy
        faceted = [one for one in conditions if one.query.query is not None and one.query.query.facet is not None]
        if policy.incident_preference is IncidentPreference.PER_POLICY and (len(conditions) > 1 or faceted):
            fault = f"while any incident is open, no other of its {len(conditions)} conditions notifies anybody"
        elif policy.incident_preference is IncidentPreference.PER_CONDITION and faceted:
            fault = f'while "{faceted[0].spec.name}" is open for one facet, no other facet notifies anybody'
        else:
            continue
        message = f"incident_preference is {policy.incident_preference}: {fault}."
        advice = "Use IncidentPreference.PER_CONDITION_AND_TARGET."
        yield Finding(review.subject("policy", policy), "incident_preference", message, advice)


CHECK = Check(
    code="notification/per-policy",
    level=Level.WARNING,
    summary="A policy's open issue swallows later incidents.",
    run=_run,
)
