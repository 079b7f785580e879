"""What a query reads: its aggregates, attributes, event types and template variables."""

from __future__ import annotations

import re
from typing import Final

from monitors.nrql.functions import is_aggregate
from monitors.nrql.tree import Attribute, Call, EventType, Node, Query, Text, Variable
from monitors.nrql.walk import children, walk

_VARIABLE: Final = re.compile(r"\{\{[ \t]*([^\W\d]\w*)[ \t]*\}\}")


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


def variables_in(node: Node) -> tuple[str, ...]:
    """Return the template variables below a node, each once: those that stand alone, in texts and in names."""
    found: dict[str, None] = {}
    for part in walk(node):
        if isinstance(part, Variable):
            found[part.name] = None
        elif isinstance(part, Text):
            found |= dict.fromkeys(_VARIABLE.findall(part.value))
        elif isinstance(part, Attribute | EventType):
            found |= dict.fromkeys(_VARIABLE.findall(part.name))
    return tuple(found)
