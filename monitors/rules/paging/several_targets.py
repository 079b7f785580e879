"""Short delays of levels with several targets, which PagerDuty's own pages do not take.

The web interface asks for three minutes at least where a level has several targets; the API takes one
(github.com/PagerDuty/terraform-provider-pagerduty/issues/630). Whoever edits the policy by hand then cannot save it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review

_LEAST_MINUTES: Final = 3


def _run(review: Review) -> Iterator[Finding]:
    for policy in review.stack.response.escalation_policies:
        for index, level in enumerate(policy.levels):
            if len(level.targets) > 1 and level.delay_minutes < _LEAST_MINUTES:
                message = (
                    f"Level {index + 1} has {len(level.targets)} targets and waits {level.delay_minutes} min; the web "
                    f"interface of PagerDuty asks for {_LEAST_MINUTES} with several targets."
                )
                subject = review.subject("escalation-policy", policy)
                yield Finding(
                    subject, f"levels.{index}.delay_minutes", message, f"Wait {_LEAST_MINUTES} min or longer."
                )


CHECK = Check(
    code="paging/several-targets",
    level=Level.NOTE,
    summary="A level with several targets waits shorter than PagerDuty's web interface takes.",
    run=_run,
)
