"""Prints a syntax tree as NRQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from monitors.nrql import tree as t
from monitors.nrql.ranks import NOT, SUM, WHOLE, rank
from monitors.nrql.tokens import is_plain_name

_UNESCAPED: Final = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TO_ESCAPE: Final = re.compile(r"[\\'\n\t\r]")


def to_text(tree: t.Node) -> str:
    """Return a tree as NRQL on one line; a statement's `parse` gives the same tree again."""
    return _print(tree)


def name(text: str) -> str:
    """Return a name as NRQL takes it, in backquotes where it needs them."""
    return text if is_plain_name(text) else f"`{text}`"


def text(value: str) -> str:
    """Return a text in single quotes, with what would end it escaped."""
    return f"'{_TO_ESCAPE.sub(lambda found: _UNESCAPED[found[0]], value)}'"


def _print(node: Any) -> str:
    return _PRINTERS[type(node)](node)


def _inner(node: Any, least: int) -> str:
    return _print(node) if rank(node) >= least else f"({_print(node)})"


def _list(nodes: Any) -> str:
    return ", ".join(map(_print, nodes))


def _labelled(printed: str, label: str | None) -> str:
    return printed if label is None else f"{printed} AS {text(label)}"


def _negative(node: t.Negative) -> str:
    # A minus sign right before a number would be read as the number's own.
    apart = isinstance(node.operand, t.Number | t.Duration)
    return f"-({_print(node.operand)})" if apart else f"-{_inner(node.operand, WHOLE)}"


def _arithmetic(node: t.Arithmetic) -> str:
    power = rank(node)
    return f"{_inner(node.left, power)} {node.operator} {_inner(node.right, power + 1)}"


def _comparison(node: t.Comparison) -> str:
    return f"{_inner(node.left, SUM)} {node.operator} {_inner(node.right, SUM)}"


def _membership(node: t.Membership) -> str:
    options = _print(node.options) if isinstance(node.options, t.Query) else _list(node.options)
    return f"{_inner(node.operand, SUM)} {'NOT ' if node.negated else ''}IN ({options})"


def _logical(node: t.Logical) -> str:
    power = rank(node)
    return f" {node.operator} ".join(_inner(part, power + 1) for part in node.parts)


def _element(node: t.Element) -> str:
    base = _print(node.base)
    if not isinstance(node.base, t.Attribute | t.Call | t.Element | t.Variable | t.Subquery):
        base = f"({base})"
    return f"{base}[{_print(node.index)}]"


def _duration(node: t.Duration) -> str:
    return f"{node.count!r} {node.unit}{'' if node.count == 1 else 's'}"


def _join(node: t.Join) -> str:
    right = "" if node.right is None else f" = {_inner(node.right, SUM)}"
    return f"{node.kind} JOIN ({_print(node.query)}) ON {_inner(node.left, SUM)}{right}"


def _source(node: t.Source) -> str:
    return f"FROM {_list(node.items)}" + (f" {_print(node.join)}" if node.join else "")


def _facet(node: t.Facet) -> str:
    if node.cases:
        otherwise = f" OR {_print(node.otherwise)}" if node.otherwise else ""
        printed = f"FACET CASES ({_list(node.cases)}){otherwise}"
    else:
        printed = f"FACET {_list(node.by)}"
    return printed + (f" {_print(node.order_by)}" if node.order_by else "")


def _order(node: t.Order) -> str:
    direction = {None: "", True: " DESC", False: " ASC"}[node.descending]
    return f"ORDER BY {_print(node.expression)}{direction}"


def _limit(node: t.Limit) -> str:
    count = _print(node.count) if isinstance(node.count, t.Variable) else node.count
    return f"LIMIT {'MAX' if count is None else count}"


def _step(node: t.Step) -> str:
    return node.width if isinstance(node.width, str) else _print(node.width)


def _timeseries(node: t.Timeseries) -> str:
    step = f" {_print(node.step)}" if node.step else ""
    slide = f" SLIDE BY {_print(node.slide_by)}" if node.slide_by else ""
    return f"TIMESERIES{step}{slide}"


def _binding(node: t.Binding) -> str:
    names = ", ".join(map(name, node.names))
    return f"{_print(node.expression)} AS {names if len(node.names) == 1 else f'({names})'}"


def _predict(node: t.Predict) -> str:
    method = f" {_print(node.method)}" if node.method else ""
    ahead = f" BY {_print(node.ahead)}" if node.ahead else ""
    using = f" USING {_print(node.using)}" if node.using else ""
    return f"PREDICT{method}{ahead}{using}"


def _query(node: t.Query) -> str:
    return " ".join(_clauses(node))


def _clauses(node: t.Query) -> Iterator[str]:
    if node.bindings:
        yield f"WITH {_list(node.bindings)}"
    if node.source.items:
        yield _print(node.source)
    yield f"SELECT {_list(node.select)}"
    if node.metric_format:
        yield _print(node.metric_format)
    if node.where is not None:
        yield f"WHERE {_print(node.where)}"
    # Right after FACET, ORDER BY would be read as the facets' own.
    for part in (node.order_by, node.facet, node.limit):
        if part is not None:
            yield _print(part)
    if node.offset is not None:
        yield f"OFFSET {node.offset}"
    yield from _times(node)
    if node.extrapolate:
        yield "EXTRAPOLATE"
    if node.predict:
        yield _print(node.predict)
    if node.raw:
        yield "RAW"


def _times(node: t.Query | t.ShowEventTypes) -> Iterator[str]:
    if node.since is not None:
        yield f"SINCE {_print(node.since)}"
    if node.until is not None:
        yield f"UNTIL {_print(node.until)}"
    if isinstance(node, t.ShowEventTypes):
        return
    if node.compare_with is not None:
        yield f"COMPARE WITH {_print(node.compare_with)}"
    if node.timezone:
        yield _print(node.timezone)
    if node.timeseries:
        yield _print(node.timeseries)


def _deletion(node: t.Deletion) -> str:
    attributes = f"{_list(node.attributes)} " if node.attributes else ""
    where = f" WHERE {_print(node.where)}" if node.where is not None else ""
    return f"DELETE {attributes}FROM {_print(node.event_type)}{where}"


def _day_word(node: t.DayWord) -> str:
    return node.words if node.at is None else f"{node.words} AT {text(node.at)}"


_PRINTERS: Final[dict[type[Any], Callable[[Any], str]]] = {
    t.Number: lambda node: repr(node.value),
    t.Text: lambda node: text(node.value),
    t.Pattern: lambda node: f"r'{node.value}'",
    t.Boolean: lambda node: "true" if node.value else "false",
    t.Null: lambda node: "NULL",
    t.Duration: _duration,
    t.Variable: lambda node: f"{{{{{node.name}}}}}",
    t.Star: lambda node: "*",
    t.Attribute: lambda node: name(node.name),
    t.Element: _element,
    t.Where: lambda node: f"WHERE {_print(node.condition)}",
    t.Named: lambda node: f"{node.name}: {_print(node.value)}",
    t.Labelled: lambda node: _labelled(_print(node.value), node.label),
    t.Listing: lambda node: f"{{{_list(node.items)}}}",
    t.Call: lambda node: f"{node.function}({_list(node.arguments)})",
    t.Negative: _negative,
    t.Not: lambda node: f"NOT {_inner(node.operand, NOT)}",
    t.Arithmetic: _arithmetic,
    t.Comparison: _comparison,
    t.Membership: _membership,
    t.Is: lambda node: f"{_inner(node.operand, SUM)} IS {'NOT ' if node.negated else ''}{node.what}",
    t.Logical: _logical,
    t.Selection: lambda node: _labelled(_print(node.expression), node.alias),
    t.EventType: lambda node: name(node.name),
    t.Lookup: lambda node: f"lookup({name(node.table)})",
    t.Subquery: lambda node: f"({_print(node.query)})",
    t.Join: _join,
    t.Source: _source,
    t.Case: lambda node: _labelled(f"WHERE {_print(node.condition)}", node.alias),
    t.Order: _order,
    t.Facet: _facet,
    t.Limit: _limit,
    t.Ago: lambda node: f"{_print(node.duration)} ago",
    t.DayWord: _day_word,
    t.Step: _step,
    t.Timeseries: _timeseries,
    t.MetricFormat: lambda node: f"WITH METRIC_FORMAT {text(node.format)}",
    t.Timezone: lambda node: f"WITH TIMEZONE {text(node.name)}",
    t.Binding: _binding,
    t.Predict: _predict,
    t.Query: _query,
    t.Deletion: _deletion,
    t.ShowEventTypes: lambda node: " ".join(("SHOW EVENT TYPES", *_times(node))),
}
