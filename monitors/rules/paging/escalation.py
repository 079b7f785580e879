"""Escalations that ask too few, too late, or only once."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.page_paths import PagePath, page_paths
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    worst: dict[str, PagePath] = {}
    for path in page_paths(review.stack):
        known = worst.get(path.policy.key)
        if known is None or path.worst < known.worst:
            worst[path.policy.key] = path
    for path in worst.values():
        subject = review.subject("escalation-policy", path.policy)
        for field, message, advice in _faults(path):
            yield Finding(subject, field, message, advice)


def _faults(path: PagePath) -> Iterator[tuple[str, str, str]]:
    policy, minutes = path.policy, path.worst.acknowledge_within_seconds // 60
    if len(policy.levels) == 1:
        message = f"A {path.worst} goes to one level alone: when it does not answer, nobody else is asked."
        yield "levels", message, "Add a level, such as a second line or a lead."
    waited = sum(level.delay_minutes for level in policy.levels[:-1])
    if waited > minutes:
        answered = f"a {path.worst} is to be acknowledged within {minutes}"
        message = f"The last level is asked after {waited} minutes, and {answered}."
        yield "levels", message, f"Shorten the delays before it to {minutes} minutes in all."
    if policy.loops == 0:
        message = f"loops is 0: a {path.worst} that nobody answers is asked of every level once, and then forgotten."
        yield "loops", message, "Set loops to 1 or more."


CHECK = Check(
    code="paging/escalation",
    level=Level.WARNING,
    summary="An escalation asks too few, too late, or only once.",
    run=_run,
)
