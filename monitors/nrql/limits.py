"""How deep a query may nest, so that no reader of its tree ever runs out of Python's stack.

Python stops at 1,000 frames. Reading one level of nesting takes up to six of them, and comparing, hashing or showing
one level of a tree up to five; the tests do all of it with 600 left. Nobody writes queries near these limits: New Relic
takes texts of less than 4 KB (docs.newrelic.com, "Get started with NRQL", rules).
"""

from __future__ import annotations

from typing import Final

from monitors.nrql.tree import Node
from monitors.nrql.walk import children

NESTED_MOST: Final = 50  # parentheses, calls, subqueries and right sides of operators within each other
LEVELS_MOST: Final = 100  # nodes of the tree above each other; a chain of operators is one level each


def too_deep(root: Node) -> Node | None:
    """Return a node that stands deeper than `LEVELS_MOST` below the root, None when there is none."""
    level = [root]
    for _ in range(LEVELS_MOST):
        level = [child for node in level for child in children(node)]
        if not level:
            return None
    return level[0]
