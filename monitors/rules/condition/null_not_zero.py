"""Counts that should not be low: where nothing is counted there is no value, and the threshold stays silent."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.ranges import always_fires, breaches, can_fire, known_range
from monitors.rules.condition.terms import named_terms, opens_on_silence, shown
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query = one.query.query
    if query is None or one.spec.baseline is not None or len(query.select) != 1 or opens_on_silence(one.spec):
        return
    values, meant = known_range(one.query), known_range(one.query, null_is_zero=True)
    for name, term in named_terms(one.spec):
        if always_fires(term, meant):  # condition/always-fires speaks of it
            continue
        if meant.least < values.least and breaches(term, meant.least) and can_fire(term, values):
            start, end = query.select[0].expression.span
            yield Finding(
                one.subject,
                f"{name}.value",
                f"{shown(term)[0].upper()}{shown(term)[1:]} opens at {values.least:g}, and not when nothing comes "
                "at all: a count of nothing has no value.",
                "Give loss_of_signal with open_incident=True as well, or use filter(count(*), WHERE ...).",
                start,
                end,
            )


CHECK = Check(
    code="condition/null-not-zero",
    level=Level.WARNING,
    summary="A low count opens the alert, and none at all does not.",
    run=of_conditions(_judge),
)
