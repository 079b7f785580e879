"""Times at which a page of prod reaches nobody, or not the first level.

Staging is left out: there nobody is to be called at night.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitors.rules.check import Check, Finding
from monitors.rules.coverage import WEEK, Span, clock, gaps, in_words, joined, total
from monitors.rules.page_paths import page_paths
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.spec import EscalationPolicy

_TOLD_AT_MOST, _DAY, _DAYS = 3, 86_400, 7


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
    every = _every_day(joined(spans)) or [in_words(span) for span in joined(spans)]
    more = f" and {len(every) - _TOLD_AT_MOST} more times" if len(every) > _TOLD_AT_MOST else ""
    share = total(spans) / WEEK * 100
    hours = total(spans) / 3600
    return f"{', '.join(every[:_TOLD_AT_MOST])}{more} ({zone}), {hours:g} hours of a week ({share:.0f} %)"


def _every_day(spans: Sequence[Span]) -> list[str]:
    """Return one time for all days where every day has the same gap, else nothing."""
    same = {(start % _DAY, end - start) for start, end in spans}
    if len(spans) != _DAYS or len(same) != 1:
        return []
    (start, length), end = next(iter(same)), (spans[0][1]) % _DAY
    return [f"every day from {clock(start)} to {clock(end)}"] if length < _DAY else []


def _next(policy: EscalationPolicy) -> str:
    return "level 2" if len(policy.levels) > 1 else "nobody"


CHECK = Check(
    code="paging/coverage-gap",
    level=Level.ERROR,
    summary="At some time of the week a page reaches nobody.",
    run=_run,
)
