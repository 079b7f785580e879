"""Averages of ready-made rates: the mean of the recorded rates is not errors by requests.

Ten requests with one error and ten thousand with none average 5 %, where 0.01 % failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute, Call, Comparison, Query, Text
from monitors.rules.check import Check, Finding, in_query, of_condition_queries
from monitors.rules.clauses import with_query
from monitors.rules.constraints import conjuncts
from monitors.rules.problem import Level
from monitors.rules.review import ReviewedQuery
from monitors.rules.timeslices import NAME, VALUE
from service.metrics import EVENTS, METRICS

_A_RATE: Final = re.compile(r"(rate|ratio|percent|percentage|pct)$", re.IGNORECASE)
# What the catalogue names is declared with its meaning: of its rates the average is exact, or its page says otherwise.
_DECLARED: Final = frozenset({*METRICS, *(one.name for event in EVENTS.values() for one in event.attributes)})


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    if not any(call.function == "average" for call in query.calls):
        return
    for call, around in with_query(query, Call):
        if call.function != "average" or not isinstance(call.arguments[0], Attribute):
            continue
        name = _rate(around, call.arguments[0].name)
        if name:
            yield in_query(
                query,
                call.span,
                f"{name} is a ready-made rate: its average is the mean of what was recorded, not the window's rate.",
                "Record counts and divide their sums, such as sum(errors) / sum(requests) * 100.",
            )


def _rate(around: Query, name: str) -> str:
    """Return the name of the rate that is averaged, empty where it is none."""
    if name != VALUE:
        return name if _A_RATE.search(name) and name not in _DECLARED else ""
    for part in () if around.where is None else conjuncts(around.where):
        match part:
            case Comparison(operator="=", left=Attribute(name=left), right=Text(value=metric)) if left == NAME:
                return metric if _A_RATE.search(metric) else ""
    return ""


CHECK = Check(
    code="query/average-of-rates",
    level=Level.WARNING,
    summary="A condition averages a ready-made rate, which weighs quiet and busy minutes alike.",
    run=of_condition_queries(_judge),
    for_loose_queries=True,
)
