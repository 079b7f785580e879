"""Muting rules that are on for most of a working day, or more: alerts that nobody hears might as well not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.muting import hours_a_week, hours_each_time
from monitors.rules.problem import Level
from monitors.rules.review import Review

_HOURS_EACH_TIME: Final = 4
_HOURS_A_WEEK: Final = 16.8  # a tenth of a week


def _run(review: Review) -> Iterator[Finding]:
    for rule in review.stack.observability.muting_rules:
        each, week = hours_each_time(rule), hours_a_week(rule)
        if rule.enabled and (each > _HOURS_EACH_TIME or week > _HOURS_A_WEEK):
            message = f"The rule is on for {each:g} hours each time, {week:g} hours of every week."
            advice = "Shorten it to the time a deploy takes, or disable the conditions that are not wanted."
            yield Finding(review.subject("muting-rule", rule), "first_end", message, advice)


CHECK = Check(
    code="notification/long-muting",
    level=Level.WARNING,
    summary="A muting rule is on for hours.",
    run=_run,
)
