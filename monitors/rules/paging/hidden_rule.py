"""Event rules and routes that never match, because an earlier one takes everything they would.

PagerDuty takes the first rule that matches. A rule that asks for the same and more than an earlier one never comes up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.subjects import Subject
from monitors.spec import EventRule, Route

_TOKEN: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\S+")


def _run(review: Review) -> Iterator[Finding]:
    response = review.stack.response
    for service in response.services:
        yield from _judge(review.subject("pagerduty-service", service), "event_rules", service.event_rules)
    for orchestration in response.orchestrations:
        yield from _judge(review.subject("orchestration", orchestration), "routes", orchestration.routes)


def _judge(subject: Subject, field: str, rules: Sequence[EventRule | Route]) -> Iterator[Finding]:
    parts = [_conjuncts(rule.condition) for rule in rules]
    for index, rule in enumerate(rules):
        wanted = parts[index]
        earlier = next((one for one in range(index) if parts[one] and wanted and parts[one] <= wanted), None)
        if earlier is not None:
            message = f'"{rule.label}" never matches: "{rules[earlier].label}" before it asks for less, and takes all.'
            yield Finding(subject, f"{field}.{index}", message, "Put the narrower one first.")


def _conjuncts(condition: str) -> frozenset[str]:
    """Return the parts that all have to hold; none where the condition has an `or`, which is not taken apart."""
    parts: list[list[str]] = [[]]
    for word in _TOKEN.findall(condition):
        if word.lower() in ("or", "not") or word.startswith("("):
            return frozenset()
        if word.lower() == "and":
            parts.append([])
        else:
            parts[-1].append(word if word.startswith("'") else word.lower())
    return frozenset(" ".join(part) for part in parts)


CHECK = Check(
    code="paging/hidden-rule",
    level=Level.ERROR,
    summary="An event rule or route never matches.",
    run=_run,
)
