"""Which alerts and dashboards read some data: what they lose when it goes, or is named otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitors.nrql import NrqlSyntaxError, parse, walk
from monitors.nrql.tree import (
    Attribute,
    Comparison,
    Deletion,
    EventType,
    Expression,
    Membership,
    Query,
    Text,
)
from monitors.review.alerts.reach import Routes
from monitors.rules.reading import conjuncts
from monitors.spec import NrqlCondition, Stack
from monitors.words import counted, listed

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Readers:
    """The alerts and dashboards whose queries read something."""

    alerts: tuple[NrqlCondition, ...]
    dashboards: tuple[str, ...]
    page: bool

    @property
    def names(self) -> str:
        """What reads it, such as `the alert "Web service unreachable" and 2 dashboards`; "" for nothing."""
        parts = []
        if self.alerts:
            shown = listed(f'"{one.name}"' for one in self.alerts[:_NAMED])
            more = len(self.alerts) - _NAMED
            alerts = f"{shown} and {counted(more, 'more alert')}" if more > 0 else shown
            parts.append(f"{'the alert' if len(self.alerts) == 1 else 'the alerts'} {alerts}")
        if self.dashboards:
            parts.append(counted(len(self.dashboards), "dashboard"))
        return listed(parts) if parts else ""


def readers_of_name(stack: Stack, name: str) -> Readers:
    """Return what asks for a name, as a text in quotes, such as a synthetic monitor's."""
    return _readers(stack, name, lambda query: any(isinstance(one, Text) and one.value == name for one in walk(query)))


def readers_of_type(stack: Stack, event_type: str) -> Readers:
    """Return what reads an event type or a partition of logs."""
    return _readers(stack, event_type, lambda query: _reads(query, event_type))


def readers_of_dropped(stack: Stack, rule: Deletion) -> Readers:
    """Return what may read data that a rule lets go; what asks for other values of an attribute does not."""
    return _readers(stack, rule.event_type.name, lambda query: _meets(query, rule))


def _readers(stack: Stack, word: str, reads: Callable[[Query], bool]) -> Readers:
    routes = Routes(stack)
    alerts = tuple(one for one in stack.observability.conditions if _asks(one.query, word, reads))
    dashboards = tuple(
        dashboard.name
        for dashboard in stack.observability.dashboards
        if any(
            _asks(query, word, reads)
            for page in dashboard.pages
            for widget in page.widgets
            for query in getattr(widget, "queries", ())
        )
    )
    return Readers(alerts, dashboards, page=any(routes.pages(one) for one in alerts))


def _asks(text: str, word: str, reads: Callable[[Query], bool]) -> bool:
    """Say whether a query reads something; one that does not hold the word need not be parsed."""
    if word not in text:
        return False
    try:
        query = parse(text)
    except NrqlSyntaxError:
        return True  # nobody knows, and a reader too many is told rather than one too few
    return isinstance(query, Query) and reads(query)


def _reads(query: Query, event_type: str) -> bool:
    return any(isinstance(one, EventType) and one.name == event_type for one in walk(query))


def _meets(query: Query, rule: Deletion) -> bool:
    if not _reads(query, rule.event_type.name):
        return False
    if rule.attributes:
        dropped = {one.name for one in rule.attributes}
        return any(isinstance(one, Attribute) and one.name in dropped for one in walk(query))
    asked, gone = dict(_values(query.where)), dict(_values(rule.where))
    return all(asked[name] & gone[name] for name in asked.keys() & gone.keys())


def _values(where: Expression | None) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the texts that an attribute has to be one of, for each part of a condition that says so."""
    for part in conjuncts(where):
        match part:
            case Comparison(operator="=", left=Attribute(name=name), right=Text(value=value)):
                yield name, frozenset({value})
            case Membership(operand=Attribute(name=name), options=tuple() as options, negated=False):
                if all(isinstance(one, Text) for one in options):
                    yield name, frozenset(one.value for one in options if isinstance(one, Text))
