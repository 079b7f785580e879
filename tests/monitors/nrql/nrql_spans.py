"""Says whether the spans of a tree are the parts of the text that its nodes were read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from monitors.nrql import parse, parse_condition
from monitors.nrql import tree as t
from monitors.nrql.functions import METHODS
from monitors.nrql.walk import children, walk

_SHORT = 200  # characters; reading every part of a long text again takes long, and tells nothing new
_EXPRESSIONS = get_args(t.Expression)


def wrong_spans(text: str, tree: t.Node) -> list[str]:
    """Return what is wrong with the span of any node below a tree that was read from a text."""
    return [fault for node in walk(tree) for fault in (*_nesting(node), *_reading(text, node))]


def _nesting(node: t.Node) -> list[str]:
    """Nodes lie within the one above, one after the other; Ago and its duration may end at the same place."""
    faults, at = [], node.span[0]
    for child in children(node):
        start, end = child.span
        if child == t.Source(()):
            continue
        if not at <= start < end <= node.span[1]:
            faults.append(f"{type(child).__name__} at {child.span} in {type(node).__name__} at {node.span}, after {at}")
        at = end
    return faults


def _reading(text: str, node: t.Node) -> list[str]:
    start, end = node.span
    part = text[start:end]
    if part != part.strip():
        return [f"{type(node).__name__} at {node.span} begins or ends with a space: {part!r}"]
    read = _reader(node)
    if len(part) <= _SHORT and read is not None and read(part) != node:
        return [f"{type(node).__name__} at {node.span} is another one when read alone: {part!r}"]
    return []


def _reader(node: t.Node) -> Callable[[str], object] | None:
    if isinstance(node, t.Query | t.ShowEventTypes):
        return parse
    if isinstance(node, t.Star):
        return lambda part: t.Star() if part == "*" else None
    if isinstance(node, t.Call) and node.function in METHODS:
        return lambda part: _query(f"SELECT x FROM x PREDICT {part}").predict.method  # type: ignore[union-attr]
    if isinstance(
        node, t.Duration
    ):  # milliseconds may stand without their unit as the width of a bucket, and only there
        return lambda part: parse_condition(f"{part} milliseconds" if part.isdecimal() else part)
    if isinstance(node, _EXPRESSIONS):
        return parse_condition
    if isinstance(node, t.Selection):
        return lambda part: _query(f"SELECT {part} FROM x").select[0]
    if isinstance(node, t.Source) and node.items:
        return lambda part: _query(f"SELECT x {part}").source
    if isinstance(node, t.Ago | t.DayWord):
        return lambda part: _query(f"SELECT x FROM x SINCE {part}").since
    return None


def _query(text: str) -> t.Query:
    tree = parse(text)
    assert isinstance(tree, t.Query)
    return tree
