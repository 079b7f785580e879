"""Burn-rate alerts that open when most of the budget is spent.

A full outage is taken, at the usual traffic: the worst that can happen is what has to be noticed first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.objective.burns import WatchedBurn, budget_seconds, detection_seconds, stated_traffic, watched_burns
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.shares import alarm

_SPENT_MOST: Final = 0.5  # of the budget, at the first alert of a service level


def _run(review: Review) -> Iterator[Finding]:
    by_level: defaultdict[str, list[tuple[float, WatchedBurn]]] = defaultdict(list)
    for watched in watched_burns(review):
        found = alarm(watched.condition, watched.condition.spec.critical)
        if found is None:
            continue
        taken = detection_seconds(found, watched.condition.spec, stated_traffic(review, found))
        budget = budget_seconds(watched.level)
        if taken is None or taken >= budget:
            when = "never opens" if taken is None else f"opens after {taken:,.0f} s"
            message = (
                f"At a full outage it {when}, and the {watched.level.period_days} days' budget of "
                f'"{watched.level.name}" is spent after {budget:,.0f} s: it comes too late to save any of it.'
            )
            advice = "Shorten the duration or the window, or lower the floor."
            yield Finding(watched.condition.subject, "critical", message, advice, level=Level.ERROR)
        else:
            by_level[watched.level.key].append((taken / budget, watched))
    for found_of_level in by_level.values():
        spent, first = min(found_of_level, key=lambda one: one[0])
        if spent > _SPENT_MOST:
            taken = spent * budget_seconds(first.level)
            message = (
                f'It is the first alert of "{first.level.name}", and opens {taken:,.0f} s into a full outage, when '
                f"{spent:.0%} of the {first.level.period_days} days' budget is spent."
            )
            advice = "Add a burn rate with a shorter window, such as 2 % in an hour."
            yield Finding(first.condition.subject, "critical", message, advice)


CHECK = Check(
    code="objective/slow-detection",
    level=Level.WARNING,
    summary="A burn-rate alert opens when most of the budget is spent.",
    run=_run,
)
