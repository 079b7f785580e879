"""Widgets whose title or unit says something else than their query gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from monitors.rules.check import Check, Finding, in_query
from monitors.rules.problem import Level
from monitors.rules.quantities import Measure, selected
from monitors.rules.reading import scopes
from monitors.rules.review import Review, ReviewedWidget
from monitors.spec import MarkdownWidget

_IN_TITLE: Final = re.compile(r"\((%|ms|s|USD|MB|bytes|tokens|days|points)(?: [^)]*)?\)$")
_TITLES: Final[Mapping[str, Measure]] = {
    "%": Measure.PERCENT,
    "points": Measure.PERCENT,
    "ms": Measure.MILLISECONDS,
    "s": Measure.SECONDS,
    "USD": Measure.USD,
    "MB": Measure.MEGABYTES,
    "bytes": Measure.BYTES,
    "tokens": Measure.TOKENS,
    "days": Measure.DAYS,
}
# New Relic's names of a widget's units, those that say which figure is meant.
_UNITS: Final[Mapping[str, Measure]] = {
    "PERCENTAGE": Measure.PERCENT,
    "MS": Measure.MILLISECONDS,
    "SECONDS": Measure.SECONDS,
    "BYTES": Measure.BYTES,
    "COUNT": Measure.ONE,
}


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        if isinstance(widget.spec, MarkdownWidget):
            continue
        named = _IN_TITLE.search(widget.spec.title)
        if named is not None:
            yield from _compared(widget, "title", named[0], _TITLES[named[1]])
        unit = widget.spec.unit
        if unit is not None and unit.upper() in _UNITS:
            yield from _compared(widget, "unit", unit, _UNITS[unit.upper()])


def _compared(widget: ReviewedWidget, field: str, said: str, stated: Measure) -> Iterator[Finding]:
    for query in widget.queries:
        for scope in scopes(query)[:1]:
            for expression, given in selected(scope) if scope.is_plain else ():
                if given.measure is None or given.measure is stated or given.measure is Measure.ONE:
                    continue
                message = f"The query gives {given.measure}, and the {field} says {said}."
                advice = "Convert the query, or say what it gives."
                found = in_query(query, expression.span, message, advice)
                yield Finding(found.subject, field, message, advice, found.start, found.end)


CHECK = Check(
    code="dashboard/unit",
    level=Level.WARNING,
    summary="A widget's title or unit says something else than its query gives.",
    run=_run,
)
