"""Muting rules whose first time is on a day that they do not repeat on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for rule in review.stack.observability.muting_rules:
        day = datetime.fromisoformat(rule.first_start).strftime("%A").upper()
        if day not in rule.weekdays:
            message = f"first_start {rule.first_start} is a {day.title()}, and weekdays are {', '.join(rule.weekdays)}."
            advice = "Begin on one of the weekdays: on the first day New Relic would mute once, out of turn."
            yield Finding(review.subject("muting-rule", rule), "first_start", message, advice)


CHECK = Check(
    code="notification/muting-day",
    level=Level.WARNING,
    summary="A muting rule first runs on a day that it does not repeat on.",
    run=_run,
)
