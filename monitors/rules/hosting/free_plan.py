"""Stores of prod on a free plan: Render keeps nothing of them over a restart."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for store in review.stack.platform.key_values:
        if store.plan == "free":
            message = "plan is free: Render keeps 25 MB in memory alone, and a restart loses all of it."
            advice = 'Use plan="starter" or larger.'
            level = Level.NOTE if review.stack.name == "staging" else Level.ERROR
            yield Finding(review.subject("store", store), "plan", message, advice, level=level)


CHECK = Check(
    code="hosting/free-plan",
    level=Level.ERROR,
    summary="A store is on a free plan.",
    run=_run,
)
