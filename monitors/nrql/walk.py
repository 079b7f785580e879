"""Walks a syntax tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, cast

from monitors.nrql import tree
from monitors.nrql.tree import Node

_Getter = Callable[[Node], Any]
_UNIONS = ("Expression", "Argument", "Moment")


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and every node below it, each before those below it, in the order of the text.

    A tree that was not read from a text is walked in the order of its fields. There is no recursion.
    """
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        below = children(current)
        if below:
            waiting.extend(reversed(below))


def children(node: Node) -> list[Node]:
    """Return the nodes directly below a node, in the order of the text."""
    found: list[Node] = []
    for get in _getters(cast(Any, type(node))):
        value = get(node)
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(value)
    if len(found) > 1:
        found.sort(key=_start)
    return found


def _start(node: Node) -> int:
    return node.span[0]


@cache
def _getters(kind: type[Node]) -> tuple[_Getter, ...]:
    """Return getters of the fields of a kind of node that may hold nodes."""
    holding = [field.name for field in fields(kind) if field.compare and _names_a_node(str(field.type))]
    return tuple(cast(_Getter, attrgetter(name)) for name in holding)


def _names_a_node(annotation: str) -> bool:
    words = re.findall(r"\w+", re.sub(r"Literal\[[^\]]*\]", "", annotation))
    return any(word in _UNIONS or isinstance(getattr(tree, word, None), type) for word in words)
