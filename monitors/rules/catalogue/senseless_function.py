"""Functions that make no sense of a metric's kind: they give a number, and it means nothing.

A gauge's sum adds instances and moments up; a count's average is the size of a batch; a percentile needs the single
values, and New Relic's Metric API keeps count, sum, least and greatest of a distribution alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Attribute, Call
from monitors.rules.check import Check, Finding, in_query, of_queries
from monitors.rules.problem import Level
from monitors.rules.reading import Scope, scopes
from monitors.rules.review import ReviewedQuery
from service.metrics import METRICS, Kind, Metric, Type
from service.metrics import Attribute as Carried

_FUNCTIONS_OF: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.COUNT: frozenset({"sum", "rate"}),
    Kind.DISTRIBUTION: frozenset({"sum", "average", "min", "max", "count"}),
    Kind.GAUGE: frozenset({"latest", "earliest", "average", "min", "max", "derivative", "predictLinear"}),
}
_OF_SINGLE_VALUES: Final = frozenset(
    {"percentile", "median", "histogram", "stddev", "stdvar", "apdex", "cdfPercentage"}
)
_OF_NUMBERS: Final = frozenset({"sum", "average", "rate", "derivative", "predictLinear"}) | _OF_SINGLE_VALUES
_ADVICE: Final[Mapping[tuple[Kind, str], str]] = {
    (Kind.COUNT, "average"): "Use sum(), or divide two sums: an average of counts is the size of a batch.",
    (Kind.COUNT, "count"): "Use sum(): count() counts the points that were sent, not what they count.",
    (Kind.GAUGE, "sum"): "Use latest(), max() or average(): a sum adds instances and moments up.",
    (Kind.GAUGE, "count"): "Use latest(), max() or average(): count() counts the points that were sent.",
}


def _judge(query: ReviewedQuery) -> Iterator[Finding]:
    for scope in scopes(query):
        if not scope.is_plain:
            continue
        for call in scope.calls:
            if is_aggregate(call) and call.arguments and isinstance(call.arguments[0], Attribute):
                yield from _of_call(query, scope, call, call.arguments[0])


def _of_call(query: ReviewedQuery, scope: Scope, call: Call, argument: Attribute) -> Iterator[Finding]:
    metric = METRICS.get(argument.name) if scope.reads_metrics else None
    if metric is not None:
        if call.function not in _FUNCTIONS_OF[metric.kind]:
            message = f"{call.function}() makes no sense of {metric.name}, which is a {metric.kind}."
            yield in_query(query, call.span, message, _advice(metric, call.function))
        return
    attribute = _attribute(scope, argument)
    if attribute is not None and attribute.type is not Type.NUMBER and call.function in _OF_NUMBERS:
        message = f"{call.function}() needs numbers, and {attribute.name} is a {attribute.type}."
        advice = "Count rows with filter(count(*), WHERE ...), or name an attribute that holds numbers."
        yield in_query(query, call.span, message, advice)


def _attribute(scope: Scope, argument: Attribute) -> Carried | None:
    for name in scope.names:
        if name.node is argument:
            found = {one.attributes[name.text] for one in scope.carriers(name) if name.text in one.attributes}
            own = {one for one in found if one.meaning}  # of New Relic's own, types are not always documented
            return own.pop() if len(own) == 1 else None
    return None


def _advice(metric: Metric, function: str) -> str:
    if function in _OF_SINGLE_VALUES:
        return (
            "No metric keeps single values, which it needs: take it of an event's attribute, such as "
            f"{function}(executionTime{', 95' if function == 'percentile' else ''}) from SkillExecution."
        )
    known = _ADVICE.get((metric.kind, function))
    return known or f"Of a {metric.kind} use {', '.join(f'{one}()' for one in sorted(_FUNCTIONS_OF[metric.kind]))}."


CHECK = Check(
    code="catalogue/senseless-function",
    level=Level.ERROR,
    summary="A query takes of a metric what its kind does not hold.",
    run=of_queries(_judge),
    for_loose_queries=True,
)
