"""How strongly operators bind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from monitors.nrql.tree import Arithmetic, Comparison, Is, Logical, Membership, Negative, Node, Not, Number

# The weakest first; WHOLE is what needs no parentheses anywhere.
OR, AND, NOT, COMPARED, SUM, PRODUCT, SIGN, WHOLE = range(1, 9)
# Between two operands NOT stands for NOT IN, NOT LIKE and NOT RLIKE.
POWERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "OR": OR,
        "AND": AND,
        **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "LIKE", "RLIKE", "IN", "IS", "NOT"), COMPARED),
        **dict.fromkeys(("+", "-"), SUM),
        **dict.fromkeys(("*", "/", "%"), PRODUCT),
    }
)


def rank(node: Node) -> int:
    """Return how strongly an expression binds as it is printed."""
    if isinstance(node, Logical | Arithmetic):
        return POWERS[node.operator]
    if isinstance(node, Comparison | Membership | Is):
        return COMPARED
    if isinstance(node, Not):
        return NOT
    signed = isinstance(node, Negative) or (isinstance(node, Number) and str(node.value).startswith("-"))
    return SIGN if signed else WHOLE
