"""The entry to the parser: whole texts to trees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from monitors.nrql.clauses import Clauses
from monitors.nrql.errors import NrqlSyntaxError
from monitors.nrql.limits import LEVELS_MOST, too_deep
from monitors.nrql.tokens import Tokens
from monitors.nrql.tree import Deletion, Expression, Node, Statement
from monitors.nrql.words import MORE

_Tree = TypeVar("_Tree", bound=Node)


def parse(text: str) -> Statement:
    """Return the tree of an NRQL statement. Raises `NrqlSyntaxError` when the text is none."""
    return _whole(text, Clauses.statement, MORE)


def parse_condition(text: str) -> Expression:
    """Return the tree of what may follow WHERE. Raises `NrqlSyntaxError` when the text is no condition."""
    return _whole(text, Clauses.expression, "AND", "OR")


def parse_deletion(text: str) -> Deletion:
    """Return the tree of a rule that drops data or attributes. Raises `NrqlSyntaxError` when the text is none."""
    return _whole(text, Clauses.deletion, "WHERE")


def _whole(text: str, read: Callable[[Clauses], _Tree], *more: str) -> _Tree:
    parser = Clauses(Tokens(text))
    tree = read(parser)
    if parser.kinds[parser.at] != "end":
        parser.unexpected(*more)
    # Every level of a tree but a label's or a clause's takes a token, so that a short text cannot be deep.
    if len(parser.kinds) > LEVELS_MOST // 2 and (deepest := too_deep(tree)) is not None:
        start, end = deepest.span
        reason = f"the query is nested more than {LEVELS_MOST} levels deep; split it, or group chains with parentheses"
        raise NrqlSyntaxError(text, start, max(1, end - start), reason)
    return tree
