"""Baseline thresholds that are no number of deviations: too few open by chance, too many never."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.terms import named_terms
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition

_FEWEST, _MOST = 2, 10  # two deviations are passed by one normal window in twenty


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    if one.spec.baseline is None:
        return
    for name, term in named_terms(one.spec):
        if term.value < _FEWEST:
            message = (
                f"{term.value:g} standard deviations are passed by chance alone, one normal window in twenty or more."
            )
        elif term.value > _MOST:
            message = (
                f"{term.value:g} standard deviations hardly ever come; a baseline's threshold is in no other unit."
            )
        else:
            continue
        yield Finding(one.subject, f"{name}.value", message, f"Use {_FEWEST} to {_MOST}; 3 is usual.")


CHECK = Check(
    code="condition/baseline-deviations",
    level=Level.WARNING,
    summary="A baseline's threshold is no sensible number of standard deviations.",
    run=of_conditions(_judge),
)
