"""Times at which a page of prod reaches nobody, or not the first level.

Staging is left out: there nobody is to be called at night.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.coverage import WEEK, Span, gaps, in_words, joined, total
from monitors.rules.page_paths import page_paths
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import EscalationPolicy

_TOLD_AT_MOST: Final = 3


def _run(review: Review) -> Iterator[Finding]:
    if review.stack.name == "staging":
        return
    told: set[str] = set()
    for path in page_paths(review.stack):
        policy = path.policy
        if policy.key in told:
            continue
        told.add(policy.key)
        subject = review.subject("escalation-policy", policy)
        nobody, zone = gaps(policy.levels, review.stack.response.schedules)
        if nobody:
            message = f"A {path.worst} reaches nobody {_when(nobody, zone)}."
            yield Finding(subject, "levels", message, "Cover these hours, or add a user who is always asked last.")
            continue
        first, zone = gaps(policy.levels[:1], review.stack.response.schedules)
        if first:
            message = f"Nobody of the first level is on call {_when(first, zone)}: {_next(policy)} is called at once."
            advice = "Cover these hours in the first level's schedules."
            yield Finding(subject, "levels.0", message, advice, level=Level.WARNING)


def _when(spans: Sequence[Span], zone: str) -> str:
    every = [in_words(span) for span in joined(spans)]
    more = f" and {len(every) - _TOLD_AT_MOST} more times" if len(every) > _TOLD_AT_MOST else ""
    share = total(spans) / WEEK * 100
    hours = total(spans) / 3600
    return f"on {', '.join(every[:_TOLD_AT_MOST])}{more} ({zone}), {hours:g} hours of a week ({share:.0f} %)"


def _next(policy: EscalationPolicy) -> str:
    return "level 2" if len(policy.levels) > 1 else "nobody"


CHECK = Check(
    code="paging/coverage-gap",
    level=Level.ERROR,
    summary="At some time of the week a page reaches nobody.",
    run=_run,
)
