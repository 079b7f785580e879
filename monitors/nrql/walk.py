"""Walks a syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from monitors.nrql.tree import Node


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and every node below it, in the order of the text as it is printed; without recursion."""
    waiting: list[Any] = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Node):
            yield current
            waiting.extend(reversed(children(current)))
        elif isinstance(current, tuple):
            waiting.extend(reversed(current))


def children(node: Node) -> tuple[Any, ...]:
    """Return what a node is made of: nodes, tuples of nodes, and values that are neither."""
    return _getter(type(node))(node)


@cache
def _getter(kind: type[Node]) -> Callable[[Node], tuple[Any, ...]]:
    names = [field.name for field in fields(kind) if field.compare]
    if not names:
        return lambda _: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda node: (get(node),)
