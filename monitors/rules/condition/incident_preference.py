"""Policies whose first open issue swallows what comes later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import IncidentPreference


def _run(review: Review) -> Iterator[Finding]:
    faceted = {one.policy.key for one in review.conditions if one.query.query and one.query.query.facet}
    for policy in review.stack.observability.policies:
        subject = review.subject("policy", policy)
        if policy.incident_preference is IncidentPreference.PER_POLICY:
            yield Finding(
                subject,
                "incident_preference",
                f"PER_POLICY keeps one open issue for all {len(policy.conditions)} conditions: while it is open, "
                "nobody is "
                "notified of another. It is the provider's default.",
                _ADVICE,
            )
        elif policy.incident_preference is IncidentPreference.PER_CONDITION and policy.key in faceted:
            yield Finding(
                subject,
                "incident_preference",
                "PER_CONDITION keeps one open issue for all facets of a condition: a second model or instance that "
                "fails is "
                "not notified.",
                _ADVICE,
                level=Level.NOTE,
            )


_ADVICE: Final = "Use IncidentPreference.PER_CONDITION_AND_TARGET."


CHECK = Check(
    code="condition/incident-preference",
    level=Level.WARNING,
    summary="An open issue of the policy swallows what comes later.",
    run=_run,
)
