"""The names of selected values: the label after AS, else what New Relic would call them."""

from __future__ import annotations

from monitors.nrql.functions import is_aggregate
from monitors.nrql.printer import to_text
from monitors.nrql.tree import Attribute, Call, Facet, Selection


def label_of(selection: Selection) -> str:
    """Return a value's name: a lone aggregate is called by its function, such as `count`, an attribute by its name."""
    if selection.alias is not None:
        return selection.alias
    expression = selection.expression
    if isinstance(expression, Attribute):
        return expression.name
    if isinstance(expression, Call) and is_aggregate(expression):
        return expression.function
    return to_text(expression)


def facet_labels(facet: Facet | None) -> tuple[str, ...]:
    """Return the names of a facet's parts."""
    if facet is None:
        return ()
    if facet.cases:
        return ("cases",) if facet.otherwise is None else (label_of(facet.otherwise),)
    return tuple(label_of(one) for one in facet.by)
