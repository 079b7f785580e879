"""Every place in a syntax tree, and the tree with another node in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from monitors.nrql.tree import Node

Step = tuple[str, int | None]  # a field, and which item of it where it is a tuple
AnyNode = TypeVar("AnyNode", bound=Node)


@dataclass(frozen=True)
class Spot:
    """A node, the way to it from the root, and the nodes above it, the root first."""

    node: Node
    path: tuple[Step, ...]
    above: tuple[Node, ...]

    @property
    def parent(self) -> Node | None:
        """The node above, None for the root."""
        return self.above[-1] if self.above else None


def spots(root: Node) -> Iterator[Spot]:
    """Yield every node of a tree with its place, the root first."""
    yield from _below(Spot(root, (), ()))


def put(root: AnyNode, path: tuple[Step, ...], node: Any) -> AnyNode:
    """Return the tree with another node (or None, or a tuple) at a place."""
    if not path:
        kept: AnyNode = node
        return kept
    (name, index), rest = path[0], path[1:]
    held = getattr(root, name)
    if index is None:
        return replace(root, **{name: put(held, rest, node) if rest else node})
    changed = put(held[index], rest, node) if rest else node
    return replace(root, **{name: (*held[:index], changed, *held[index + 1 :])})


def _below(spot: Spot) -> Iterator[Spot]:
    yield spot
    above = (*spot.above, spot.node)
    for field in fields(spot.node):
        held = getattr(spot.node, field.name)
        if isinstance(held, Node):
            yield from _below(Spot(held, (*spot.path, (field.name, None)), above))
        elif isinstance(held, tuple):
            for index, item in enumerate(held):
                if isinstance(item, Node):
                    yield from _below(Spot(item, (*spot.path, (field.name, index)), above))
