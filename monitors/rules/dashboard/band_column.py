"""Bands of a table that colour a column which the table does not have."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.nrql.suggestions import suggest
from monitors.nrql.tree import Attribute, Selection
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.review import Review, ReviewedQuery, ReviewedWidget
from monitors.spec import ChartWidget


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        if isinstance(widget.spec, ChartWidget) and widget.spec.kind == "table":
            columns = _columns(widget)
            if columns is None:
                continue
            for index, band in enumerate(widget.spec.bands):
                if band.column_name is not None and band.column_name not in columns:
                    message = f'The table has no column "{band.column_name}": the band colours nothing.'
                    near = suggest(band.column_name, columns)
                    advice = f'Did you mean "{near}"?' if near else f"Its columns are {', '.join(columns)}."
                    yield Finding(widget.subject, f"bands.{index}.column_name", message, advice)


def _columns(widget: ReviewedWidget) -> tuple[str, ...] | None:
    """Return the names of the table's columns; None where a query cannot be read."""
    found: list[str] = []
    for query in widget.queries:
        if query.query is None:
            return None
        found += [_column(query, one) for one in query.query.select]
        if query.query.facet is not None:
            found += [_column(query, one) for one in query.query.facet.by]
    return tuple(found)


def _column(query: ReviewedQuery, selection: Selection) -> str:
    """Return a column's name: its label, else its attribute, else the expression as it is written."""
    if selection.alias is not None:
        return selection.alias
    if isinstance(selection.expression, Attribute):
        return selection.expression.name
    return query.text[slice(*selection.expression.span)]


CHECK = Check(
    code="dashboard/band-column",
    level=Level.WARNING,
    summary="A table's band colours a column that the table does not have.",
    run=_run,
)
