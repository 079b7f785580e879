"""Fills that end before they are of use: a lost signal is not filled, nor one that was silent for two hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition

_HISTORY_SECONDS: Final = 2 * 3600  # docs.newrelic.com, "Loss of signal and gap filling": history is dropped then


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    spec, signal = one.spec, one.spec.signal
    if signal.fill.option == "none":
        return
    loss = spec.loss_of_signal
    longest = max(term.duration_seconds for term in spec.thresholds)
    if loss is not None and loss.after_seconds < longest:
        message = (
            f"Gaps are filled for {loss.after_seconds} s, loss_of_signal.after_seconds, and the threshold takes "
            f"{longest} s: the fill ends before it."
        )
        advice = f"Give loss_of_signal at least {longest} s, or leave the fill out."
    elif signal.window_seconds >= _HISTORY_SECONDS:
        message = (
            f"One empty window of {signal.window_seconds} s is two hours of silence, after which New Relic drops the "
            "signal's history: there is nothing left to fill from."
        )
        advice = "Leave the fill out, or take a window of less than two hours."
    else:
        return
    yield Finding(one.subject, "signal.fill", message, advice)


CHECK = Check(
    code="condition/fill-beyond-expiration",
    level=Level.WARNING,
    summary="A gap filling ends before it is of use.",
    run=of_conditions(_judge),
)
