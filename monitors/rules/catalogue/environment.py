"""Queries that do not keep to their stack's environment: staging's errors would page for prod."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.nrql.tree import Attribute, Comparison, Expression, Membership, Text, Variable
from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.reading import Scope, conjuncts, scopes
from monitors.rules.review import Review, ReviewedQuery
from service.metrics import ENV, EVENTS

# Log lines carry the service's name, which differs by environment; results of synthetic checks the monitor's.
_ALSO: Final = {"Log": ("service",), "SyntheticCheck": ("monitorName", "monitorId", "entityGuid", "entity.guid")}


def _run(review: Review) -> Iterator[Finding]:
    for query in review.queries:
        for scope in scopes(query):
            if _is_ours(scope):
                yield from _judge(query, scope, review.stack.name)


def _is_ours(scope: Scope) -> bool:
    if scope.reads_metrics:
        return bool(scope.metrics)
    return any(source.name in EVENTS or source.name in _ALSO for source in scope.sources)


def _judge(query: ReviewedQuery, scope: Scope, stack: str) -> Iterator[Finding]:
    source = scope.sources[0]
    by = (ENV.name, *_ALSO.get(source.name, ()))
    for part in conjuncts(scope.query.where):
        named = _values(part)
        if named is None or named[0] not in by:
            continue
        attribute, values = named
        if attribute != ENV.name or values <= {stack} or not values & {*ENV.values}:
            return  # a value that no environment has is told by catalogue/impossible-value
        others = ", ".join(f"'{value}'" for value in sorted(values - {stack}))
        message = f"The query of the {stack} stack reads {others}: it speaks of another environment."
        yield in_query(query, part.span, message, f"Write {ENV.name} = '{stack}'.")
        return
    facet = scope.query.facet
    if facet is not None and any(
        isinstance(one.expression, Attribute) and one.expression.name in by for one in facet.by
    ):
        return
    advice = f"Add {by[1]} = ... to WHERE." if len(by) > 1 else f"Add {ENV.name} = '{stack}' to WHERE."
    message = f"The query reads {source.name} of every environment, and the stack is {stack}'s alone."
    yield in_query(query, source.span, message, advice)


def _values(part: Expression) -> tuple[str, set[str]] | None:
    """Return the attribute and the values that a part of a condition lets through."""
    match part:
        case Comparison(operator="=", left=Attribute(name=name), right=Variable()):
            return name, set()  # whoever looks at the dashboard chooses
        case Membership(operand=Attribute(name=name), options=(Variable(),), negated=False):
            return name, set()
        case Comparison(operator="=" | "LIKE", left=Attribute(name=name), right=Text(value=value)):
            return name, {value}
        case Comparison(operator="=", left=Text(value=value), right=Attribute(name=name)):
            return name, {value}
        case Membership(operand=Attribute(name=name), options=tuple() as options, negated=False):
            return name, {option.value for option in options if isinstance(option, Text)}
    return None


CHECK = Check(
    code="catalogue/environment",
    level=Level.WARNING,
    summary="A query does not keep to its stack's environment.",
    run=_run,
)
