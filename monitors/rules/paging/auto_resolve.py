"""Services that resolve incidents by themselves: a real outage ends in PagerDuty while it goes on.

The provider's default does so after four hours.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    response = review.stack.response
    monitored = {one.service for one in response.integrations if one.kind == "new_relic"}
    for service in response.services:
        if service.auto_resolve_seconds is not None and service.key in monitored:
            message = (
                f"auto_resolve_seconds is {service.auto_resolve_seconds}: after that time PagerDuty resolves the "
                "incident, while New Relic still has it open, and nobody is called again."
            )
            advice = "Set auto_resolve_seconds=None: New Relic resolves the incident when it is over."
            yield Finding(review.subject("pagerduty-service", service), "auto_resolve_seconds", message, advice)


CHECK = Check(
    code="paging/auto-resolve",
    level=Level.ERROR,
    summary="A monitored service resolves incidents by itself.",
    run=_run,
)
