"""What a query reads: its aggregates, attributes and event types."""

from __future__ import annotations

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Attribute, Call, EventType, Node, Query
from monitors.nrql.walk import children, walk


def aggregates_in(expression: Node) -> tuple[Call, ...]:
    """Return the outermost aggregate calls of an expression, in the order of the text.

    `filter(count(*), WHERE ...)` is one; those of a subquery are its own and are left out.
    """
    found: list[Call] = []
    waiting = [expression]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Call) and is_aggregate(current):
            found.append(current)
        elif not isinstance(current, Query):
            waiting.extend(reversed(children(current)))
    return tuple(found)


def attributes_in(node: Node) -> tuple[Attribute, ...]:
    """Return every attribute below a node, subqueries' too, in the order of the text, as often as it is named."""
    return tuple(part for part in walk(node) if isinstance(part, Attribute))


def event_types_in(query: Query) -> tuple[str, ...]:
    """Return the event types a query reads, subqueries' and joined ones too, each once."""
    return tuple(dict.fromkeys(part.name for part in walk(query) if isinstance(part, EventType)))
