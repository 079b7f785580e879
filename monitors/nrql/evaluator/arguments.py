"""The arguments of a function call."""

from __future__ import annotations

from monitors.nrql.evaluator.errors import NotEvaluated
from monitors.nrql.printer import to_text
from monitors.nrql.tree import (
    Argument,
    Call,
    Duration,
    Expression,
    Labelled,
    Named,
    Negative,
    Node,
    Number,
    Text,
    Where,
)


def positional(call: Call, least: int = 1, most: int | None = None) -> list[Expression]:
    """Return the arguments by place. Raises `NotEvaluated` for too few or too many."""
    found = [one for one in call.arguments if not isinstance(one, (Named, Where, Labelled))]
    if len(found) < least or (most is not None and len(found) > most):
        wanted = f"{least}" if most == least else f"at least {least}" if most is None else f"{least} to {most}"
        raise NotEvaluated(f"{call.function}() takes {wanted} arguments by place and has {len(found)}")
    return found


def named(call: Call, name: str) -> Expression | None:
    """Return an argument by name, None where it is not given."""
    for one in call.arguments:
        if isinstance(one, Named) and one.name.lower() == name:
            return one.value
    return None


def where(call: Call) -> Where:
    """Return the condition of `filter` and `percentage`. Raises `NotEvaluated` where there is none."""
    for one in call.arguments:
        if isinstance(one, Where):
            return one
    raise NotEvaluated(f"{call.function}() takes a WHERE as its second argument and has none")


def constant_number(node: Argument | None, what: str, default: float) -> float:
    """Return a number that is written out, the default where nothing is. Raises `NotEvaluated` for anything else."""
    if node is None:
        return default
    if isinstance(node, Number):
        return float(node.value)
    if isinstance(node, Negative) and isinstance(node.operand, Number):
        return -float(node.operand.value)
    raise NotEvaluated(f"{what} is {to_text(node)}; only a number that is written out is evaluated")


def constant_text(node: Node, what: str) -> str:
    """Return a text that is written out. Raises `NotEvaluated` for anything else."""
    if isinstance(node, Text):
        return node.value
    raise NotEvaluated(f"{what} is {to_text(node)}; only a text that is written out is evaluated")


def seconds(node: Node, what: str) -> float:
    """Return a duration in seconds. Raises `NotEvaluated` for anything that is none."""
    if isinstance(node, Duration):
        return node.seconds
    raise NotEvaluated(f"{what} is {to_text(node)}; give a duration such as 1 minute")
