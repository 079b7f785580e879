"""Shares of what comes seldom: an empty window has no share, and begins the duration anew."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Arithmetic, Call, Node
from monitors.nrql.walk import walk
from monitors.rules.check import Check, Finding, of_conditions
from monitors.rules.condition.terms import named_terms
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedCondition
from monitors.spec import EventTimer, Occurrences


def _judge(one: ReviewedCondition) -> Iterator[Finding]:
    spec, query = one.spec, one.query.query
    sparse = isinstance(spec.signal.method, EventTimer) and spec.signal.fill.option == "none"
    if query is None or not sparse or not any(_is_share(node) for node in walk(query.select[0].expression)):
        return
    for name, term in named_terms(spec):
        if term.occurrences is Occurrences.ALL and term.duration_seconds > spec.signal.step_seconds:
            start, end = query.select[0].expression.span
            yield Finding(
                one.subject,
                f"{name}.duration_seconds",
                f"A window in which nothing came has no share, and the {term.duration_seconds} s begin anew with it.",
                'Fill gaps with Fill(option="last_value"), take a window as long as the duration, or one occurrence.',
                start,
                end,
            )


def _is_share(node: Node) -> bool:
    if isinstance(node, Call):
        return node.function == "percentage"
    return isinstance(node, Arithmetic) and node.operator == "/"


CHECK = Check(
    code="condition/percentage-window-empty",
    level=Level.NOTE,
    summary="A share of what comes seldom has no value in empty windows, each of which begins the duration anew.",
    run=of_conditions(_judge),
)
