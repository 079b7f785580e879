"""Two conditions of one name in a policy: their issues cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedCondition


def _run(review: Review) -> Iterator[Finding]:
    earlier: dict[tuple[str, str], ReviewedCondition] = {}
    for one in review.conditions:
        first = earlier.setdefault((one.policy.key, one.spec.name), one)
        if first is not one:
            yield Finding(
                one.subject,
                "name",
                f'The policy "{one.policy.key}" has two conditions named "{one.spec.name}": issues of '
                f'"{one.spec.key}" and "{first.spec.key}" read alike.',
                "Give one of them another name.",
            )


CHECK = Check(
    code="condition/repeated-name",
    level=Level.WARNING,
    summary="Two conditions of a policy have one name.",
    run=_run,
)
