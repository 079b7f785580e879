"""More conditions or policies than an account holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.subjects import stack_subject

# docs.newrelic.com, "Rules and limits for alerts".
MOST_CONDITIONS: Final = 4_000
MOST_POLICIES: Final = 10_000


def _run(review: Review) -> Iterator[Finding]:
    seen = review.stack.observability
    for what, count, most in (
        ("conditions", len(review.conditions), MOST_CONDITIONS),
        ("policies", len(seen.policies), MOST_POLICIES),
    ):
        if count > most:
            yield Finding(
                stack_subject(review.stack),
                f"observability.{what}",
                f"The stack has {count:,} {what}, and a New Relic account holds {most:,}: the rest are refused on "
                "apply.",
                "Facet one condition over what several are for, ask New Relic for a higher limit, or use two accounts.",
            )


CHECK = Check(
    code="condition/account-limit",
    level=Level.ERROR,
    summary="A stack has more conditions or policies than a New Relic account holds.",
    run=_run,
)
