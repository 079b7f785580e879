"""Silence that closes what took longer to open: the duration begins anew after every gap."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.terms import named_terms
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import Occurrences


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    loss = one.spec.loss_of_signal
    if loss is None or loss.open_incident:
        return
    for name, term in named_terms(one.spec):
        if loss.after_seconds < term.duration_seconds and term.occurrences is Occurrences.ALL:
            yield Finding(
                one.subject,
                f"{name}.duration_seconds",
                f"A gap of {loss.after_seconds} s closes the incident and ends the signal, and {name} takes "
                f"{term.duration_seconds} s without a gap to open it again.",
                f"Give loss_of_signal.after_seconds at least {term.duration_seconds}, or a shorter duration.",
            )


CHECK = Check(
    code="condition/duration-longer-than-expiration",
    level=Level.WARNING,
    summary="A gap that is shorter than the duration closes the incident.",
    run=of_conditions(_judge),
)
