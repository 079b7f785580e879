"""Loss of signal on a nested query: New Relic has none there."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Subquery
from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    query = one.query.query
    if query is None or one.spec.loss_of_signal is None:
        return
    for item in query.source.items:
        if isinstance(item, Subquery):
            start, end = item.span
            message = "The query nests another in FROM, and New Relic has no loss of signal for such a condition."
            advice = "Leave loss_of_signal out, and declare a condition of its own on the inner query's data."
            yield Finding(one.subject, "loss_of_signal", message, advice, start, end)


CHECK = Check(
    code="condition/loss-of-signal-nested",
    level=Level.ERROR,
    summary="A nested query has a loss of signal, which New Relic does not offer there.",
    run=of_conditions(_judge),
)
