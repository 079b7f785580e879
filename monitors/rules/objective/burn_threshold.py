"""Burn-rate alerts whose threshold or window is not the one their service level asks for."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.objective.burns import WatchedBurn, watched_burns
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.shares import alarm
from monitors.rules.times import in_words


def _run(review: Review) -> Iterator[Finding]:
    for watched in watched_burns(review):
        for field, message, advice in _faults(watched):
            yield Finding(watched.condition.subject, field, message, advice)


def _faults(watched: WatchedBurn) -> Iterator[tuple[str, str, str]]:
    spec, burn, level = watched.condition.spec, watched.burn, watched.level
    wanted = watched.threshold_percent
    asks = f'{burn.budget_percent:g} % of the budget of "{level.name}" in {in_words(burn.window_seconds)}'
    if spec.signal.window_seconds != burn.window_seconds:
        message = f"It is to open at {asks}, and signal.window_seconds is {spec.signal.window_seconds}."
        yield "signal.window_seconds", message, f"Set it to {burn.window_seconds}."
    found = alarm(watched.condition, spec.critical)
    if found is None:
        message = f"It is to open at {asks}, and its critical threshold is not on a share of errors."
        yield "critical", message, "Divide what failed by everything that counts, in percent."
    elif abs(found.percent - wanted) > wanted / 100:
        message = f"It is to open at {asks}, which is {wanted:g} % of errors, and opens at {found.percent:g} %."
        yield "critical.value", message, "Use objective.burn_threshold_percent(burn) for the threshold."


CHECK = Check(
    code="objective/burn-threshold",
    level=Level.ERROR,
    summary="A burn-rate alert has not the threshold or window of its burn rate.",
    run=_run,
)
