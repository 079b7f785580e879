"""Service levels that nobody hears of: their budget can burn to nothing, and only who looks at the page knows."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for level in review.stack.observability.service_levels:
        if not level.burn_rates:
            message = "burn_rates is empty: no alert opens when the error budget burns."
            advice = (
                "Add burn rates, such as 2 % in an hour (page) and 5 % in six hours (ticket), with their conditions."
            )
            yield Finding(review.subject("service-level", level), "burn_rates", message, advice)


CHECK = Check(
    code="objective/unwatched",
    level=Level.WARNING,
    summary="No alert opens when a service level's budget burns.",
    run=_run,
)
