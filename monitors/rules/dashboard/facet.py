"""FACET missing where a chart compares groups, or written where it shows one number.

Source: docs.newrelic.com, "Chart types".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.review import Review
from monitors.rules.widgets import kind_of

_OF_GROUPS: Final = frozenset({"pie", "bar", "heatmap"})


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        kind = kind_of(widget.spec)
        for query in widget.queries:
            tree = query.query
            if tree is None:
                continue
            # A bar for each of several values needs no groups.
            if kind in _OF_GROUPS and tree.facet is None and len(tree.select) == 1 and len(widget.queries) == 1:
                end = len(query.text.rstrip())
                message = f"A {kind} chart compares groups, and the query has no FACET: it is one block."
                yield in_query(query, (end - 1, end), message, "Add FACET, or show a billboard.")
            if kind == "bullet" and tree.facet is not None:
                message = "A bullet chart shows one number against its limit, and the query has FACET."
                span = tree.clause("FACET") or (0, 1)
                yield in_query(query, span, message, "Take FACET out, or show a bar chart.")


CHECK = Check(
    code="dashboard/facet",
    level=Level.WARNING,
    summary="A chart of groups has no FACET, or one of a single number has it.",
    run=_run,
)
