"""Conditions whose unit is not that of their query: the threshold is compared with something else than it seems."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.quantities import OF_UNIT, Measure, selected
from monitors.rules.reading import scopes
from monitors.rules.review import Review


def _run(review: Review) -> Iterator[Finding]:
    for condition in review.conditions:
        for scope in scopes(condition.query)[:1]:
            found = selected(scope)
            if not scope.is_plain or len(found) != 1 or found[0][1].measure is None:
                continue
            expression, given = found[0][0], found[0][1].measure
            stated = OF_UNIT[condition.spec.unit]
            if given is not stated and not (given is Measure.RATIO and stated is Measure.ONE):
                yield Finding(
                    condition.subject,
                    "unit",
                    f"The query gives {given}, and unit says {stated}.",
                    _advice(given, stated),
                    *expression.span,
                )


def _advice(given: Measure, stated: Measure) -> str:
    match given, stated:
        case Measure.RATIO, Measure.PERCENT:
            return "Multiply the query's ratio by 100: a threshold of 5 would otherwise mean 500 %."
        case Measure.SECONDS, Measure.MILLISECONDS:
            return "Multiply the query by 1000, or give unit and thresholds in seconds."
        case Measure.MILLISECONDS, Measure.SECONDS:
            return "Divide the query by 1000, or give unit and thresholds in milliseconds."
    return f"Give unit and thresholds in {given}, or convert the query to {stated}."


CHECK = Check(
    code="catalogue/unit",
    level=Level.ERROR,
    summary="A condition's unit is not what its query gives.",
    run=_run,
)
