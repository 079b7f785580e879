"""Loss of signal that closes and opens: the closing runs first, so that one outage is told twice."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    loss = one.spec.loss_of_signal
    if loss is not None and loss.open_incident and loss.close_incidents:
        yield Finding(
            one.subject,
            "loss_of_signal.close_incidents",
            "Silence first closes what is open and then opens an incident of its own: an outage that ends in "
            "silence is "
            "told as recovered, and told again.",
            "Leave close_incidents out; the incident by silence closes when data return.",
        )


CHECK = Check(
    code="condition/loss-of-signal-order",
    level=Level.NOTE,
    summary="Loss of signal closes incidents just before it opens one.",
    run=of_conditions(_judge),
)
