"""Pages for a single error: in the quiet hours one in a few requests is a large share, and not worth being woken."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition
from monitors.rules.shares import Alarm, alarm, traffic_of
from monitors.rules.times import in_words
from monitors.spec import Traffic


def _run(review: Review) -> Iterator[Finding]:
    for condition in review.conditions:
        found = alarm(condition, condition.spec.critical) if condition.spec.severity.pages else None
        traffic = None if found is None else traffic_of(found.share, review.stack.traffic)
        if found is not None and traffic is not None:
            yield from _judge(condition, found, traffic)


def _judge(condition: ReviewedCondition, found: Alarm, traffic: Traffic) -> Iterator[Finding]:
    every = found.in_window(traffic.quiet_per_minute)
    if found.of_good or found.outlasts_one_event or not found.is_over(found.share.of(1, every)):
        return
    window = in_words(found.window_seconds)
    message = (
        f"At the quiet rate of {traffic.quiet_per_minute:g} a minute a window of {window} holds {every:g}: one error "
        f"is {found.share.of(1, every):g} %, over the threshold of {found.percent:g} %, and pages."
    )
    least = 100 / found.percent if found.percent > 0 else 0
    if least:
        advice = f"Take the share of at least {least:.0f}, with clamp_min(..., {least:.0f}), or lengthen the window."
    else:
        advice = "Give a threshold above 0 %."
    yield Finding(condition.subject, "critical", message, advice)


CHECK = Check(
    code="objective/single-error",
    level=Level.WARNING,
    summary="One error in the quiet hours pages.",
    run=_run,
)
