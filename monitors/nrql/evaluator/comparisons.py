"""Comparisons: New Relic converts nothing, so a number never equals a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monitors.nrql.evaluator import quoting
from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.evaluator.patterns import checked
from monitors.nrql.evaluator.values import Kind, Value
from monitors.nrql.tree import Node, Pattern, Text

MATCHES: Final = frozenset({"LIKE", "NOT LIKE", "RLIKE", "NOT RLIKE"})
_ORDERED: Final[tuple[Kind, ...]] = ("number", "text")


def compared(operator: str, left: Value, right: Value) -> str:
    """Return SQL of a comparison: TRUE, FALSE, or NULL where a side has no value."""
    if operator in ("=", "!="):
        return equal(left, right) if operator == "=" else f"(NOT {equal(left, right)})"
    parts = [f"({left.of(kind)} {operator} {right.of(kind)})" for kind in _ORDERED if left.of(kind) and right.of(kind)]
    return _any(parts, left, right)


def matched(operator: str, left: Value, pattern: Node) -> str:
    """Return SQL of LIKE, RLIKE and their opposites."""
    sql = _like(left, pattern) if operator.endswith(" LIKE") or operator == "LIKE" else _matches(left, pattern)
    return f"(NOT {sql})" if operator.startswith("NOT ") else sql


def equal(left: Value, right: Value) -> str:
    """Return SQL that is TRUE where both are of one kind and equal, FALSE where not, NULL where one has no value."""
    parts = [f"({left.of(kind)} = {right.of(kind)})" for kind in left.kinds if right.of(kind)]
    return _any(parts, left, right)


def contained(operand: Value, options: Sequence[Value], negated: bool) -> str:
    """Return SQL that says whether a value is one of some."""
    parts = []
    for kind in operand.kinds:
        listed = [sql for option in options if (sql := option.of(kind))]
        if listed:
            parts.append(f"({operand.of(kind)} IN ({', '.join(listed)}))")
    if len(operand.kinds) == 1 and parts:
        inside = parts[0]
    else:
        met = " OR ".join(f"coalesce({part}, FALSE)" for part in parts) or "FALSE"
        inside = f"(CASE WHEN {operand.present()} THEN ({met}) END)"
    return f"(NOT {inside})" if negated else inside


def _any(parts: list[str], left: Value, right: Value) -> str:
    """Join the comparisons of each kind; values of different kinds are unequal, a missing one is NULL."""
    if len(parts) == 1 and len(left.kinds) == 1 and len(right.kinds) == 1:
        return parts[0]
    if not left.kinds or not right.kinds:
        return "NULL::BOOLEAN"
    both = f"({left.present()}) AND ({right.present()})"
    met = " OR ".join(f"coalesce({part}, FALSE)" for part in parts) or "FALSE"
    return f"(CASE WHEN {both} THEN ({met}) END)"


def _like(left: Value, node: Node) -> str:
    """LIKE ignores case and knows one wildcard, `%`."""
    if not isinstance(node, Text):
        raise NotEvaluated("LIKE with anything but a text on its right side is not evaluated")
    pattern = node.value.replace("\\", "\\\\").replace("_", "\\_")
    return f"({left.text or 'NULL::VARCHAR'} ILIKE {quoting.text(pattern)} ESCAPE '\\')"


def _matches(left: Value, node: Node) -> str:
    """RLIKE matches the whole text; both New Relic and duckdb use RE2."""
    if not isinstance(node, (Pattern, Text)):
        raise NotEvaluated("RLIKE with anything but a pattern, r'...', on its right side is not evaluated")
    return f"regexp_full_match({left.text or 'NULL::VARCHAR'}, {quoting.text(checked(node.value))})"
