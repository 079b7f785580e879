"""Which facets a result shows, and in which order.

docs.newrelic.com, "NRQL reference": the first selected function picks and orders the facets, greatest first;
`uniqueCount` and functions that give no single number go by how often a facet occurs; FACET ... ORDER BY picks by
another function and leaves the order of what is shown alone; only rows with a value for the first function count.
The reference names min, max, percentile, average and count as those that rank, and elsewhere says that the first
selected field does; the second is what is done here.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitors.nrql.aggregates import aggregates_in
from monitors.nrql.evaluator.compiler import Compiler
from monitors.nrql.evaluator.groups import Group
from monitors.nrql.tree import Call, Node, Query, Star

_BY_FREQUENCY = frozenset({"uniqueCount", "uniques", "histogram", "funnel", "keyset", "latest", "earliest"})


@dataclass(frozen=True)
class Rank:
    """SQL that facets are picked by, the greatest first, and what they are shown by where that is something else."""

    by: str
    shown_by: str | None = None


def rank_of(query: Query, group: Group, compiler: Compiler) -> Rank:
    """Return how facets are ranked."""
    first = _by_first(query.select[0].expression, compiler)
    if query.facet is None or query.facet.order_by is None:
        return Rank(first)
    return Rank(compiler.number(query.facet.order_by.expression), first)


def required(query: Query, rows: Compiler) -> str:
    """Return SQL that is true for a facet with a value for the first selected function."""
    first = next(iter(aggregates_in(query.select[0].expression)), None)
    argument = _argument(first) if first else None
    if argument is None or isinstance(argument, Star):
        return "TRUE"
    return f"count(*) FILTER (WHERE {rows.value(argument).present()}) > 0"


def _by_first(expression: Node, compiler: Compiler) -> str:
    if isinstance(expression, Call) and expression.function in _BY_FREQUENCY:
        return "count(*)"
    return compiler.value(expression).number or "count(*)"


def _argument(call: Call) -> Node | None:
    """Return the attribute that an aggregate is over, within `filter` and the like too."""
    while call.arguments and isinstance(call.arguments[0], Call) and aggregates_in(call.arguments[0]):
        call = call.arguments[0]
    return call.arguments[0] if call.arguments else None
