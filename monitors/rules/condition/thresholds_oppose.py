"""A critical threshold on one side and a warning on the other: the warning warns of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.terms import shown
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import Operator

_RISING: Final = (Operator.ABOVE, Operator.ABOVE_OR_EQUALS)
_FALLING: Final = (Operator.BELOW, Operator.BELOW_OR_EQUALS)


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    critical, warning = one.spec.critical, one.spec.warning
    if critical is None or warning is None:
        return
    for side, other in ((_RISING, _FALLING), (_FALLING, _RISING)):
        if critical.operator in side and warning.operator in other:
            yield Finding(
                one.subject,
                "warning.operator",
                f"Critical is {shown(critical)} and the warning {shown(warning)}: it does not come before the other.",
                "Turn one of them round, or declare two conditions.",
            )


CHECK = Check(
    code="condition/thresholds-oppose",
    level=Level.WARNING,
    summary="The warning and the critical threshold look to opposite sides.",
    run=of_conditions(_judge),
)
