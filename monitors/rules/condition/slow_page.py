"""Pages that open when somebody should long have answered: the duration or the step between two values is too long."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition
from monitors.rules.times import in_words


def _run(review: Review) -> Iterator[Finding]:
    levels = review.stack.observability.service_levels
    burning = {burn.condition for level in levels for burn in level.burn_rates}
    for one in review.conditions:
        if one.spec.key not in burning:  # objective/slow-detection judges those by what is left of their budget
            yield from _judge(one)


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    spec, critical = one.spec, one.spec.critical
    if critical is None or not spec.severity.pages:
        return
    most = spec.severity.acknowledge_within_seconds
    target = f"a {spec.severity} is to be acknowledged within {in_words(most)}"
    if spec.signal.step_seconds > most:
        yield Finding(
            one.subject,
            "signal.window_seconds",
            f"A value comes every {in_words(spec.signal.step_seconds)}, and {target}.",
            "Give the signal slide_seconds, or a shorter window.",
        )
    elif critical.duration_seconds > most:
        yield Finding(
            one.subject,
            "critical.duration_seconds",
            f"It opens after {in_words(critical.duration_seconds)} of trouble, and {target}.",
            f"Give a duration of {most} s or less, or a milder severity.",
        )


CHECK = Check(
    code="condition/slow-page",
    level=Level.WARNING,
    summary="A page opens later than it should have been answered.",
    run=_run,
)
