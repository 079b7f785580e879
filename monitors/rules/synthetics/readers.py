"""Which synthetic monitors a query reads, by their names."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.tree import Attribute, Comparison, Membership, Text
from monitors.rules.reading import Scope, conjuncts, scopes
from monitors.rules.review import ReviewedQuery

_EVENTS = frozenset({"SyntheticCheck", "SyntheticRequest"})


def check_scopes(query: ReviewedQuery) -> Iterator[Scope]:
    """Yield the parts of a query that read results of synthetic checks."""
    return (scope for scope in scopes(query) if any(source.name in _EVENTS for source in scope.sources))


def monitor_names(scope: Scope) -> Iterator[Text]:
    """Yield the names of monitors that a part of a query keeps to."""
    for part in conjuncts(scope.query.where):
        match part:
            case Comparison(operator="=", left=Attribute(name="monitorName"), right=Text() as text):
                yield text
            case Membership(operand=Attribute(name="monitorName"), options=tuple() as options, negated=False):
                yield from (option for option in options if isinstance(option, Text))
