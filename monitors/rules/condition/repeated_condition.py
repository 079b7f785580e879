"""The same alert under two keys of a policy: every incident is opened, told and paged twice."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Statement
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition
from monitors.spec import Baseline, Severity, Signal, Threshold

_Sameness = tuple[str, Statement, Severity, Signal, Threshold | None, Threshold | None, Baseline | None]


def _run(review: Review) -> Iterator[Finding]:
    earlier: dict[_Sameness, ReviewedCondition] = {}
    for one in review.conditions:
        if one.query.tree is None:
            continue
        spec = one.spec
        same = (one.policy.key, one.query.tree, spec.severity, spec.signal, spec.critical, spec.warning, spec.baseline)
        first = earlier.setdefault(same, one)
        if first is not one:
            yield Finding(
                one.subject,
                "query",
                f'"{first.spec.key}" asks the same of the same query: whatever opens one opens the other, and is told '
                "twice.",
                "Delete one of them, or give it the threshold or severity that was meant.",
            )


CHECK = Check(
    code="condition/repeated-condition",
    level=Level.WARNING,
    summary="Two conditions of a policy open on the same values of the same query.",
    run=_run,
)
