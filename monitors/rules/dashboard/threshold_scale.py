"""Thresholds of widgets that show percent, and that are all far below one percent: a ratio was meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitors.rules.catalogue.threshold_scale import burn_thresholds
from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.quantities import Measure, selected
from monitors.rules.reading import scopes
from monitors.rules.review import Review, ReviewedWidget
from monitors.rules.widgets import shown

_ONE_PERCENT: Final = 1


def _run(review: Review) -> Iterator[Finding]:
    asked_for = burn_thresholds(review)
    for widget in review.widgets:
        figures = [figure for figure in shown(widget.spec) if figure]
        small = all(abs(figure) < _ONE_PERCENT and figure not in asked_for for figure in figures)
        if figures and small and _shows_percent(widget):
            listed = " and ".join(f"{figure:g}" for figure in dict.fromkeys(figures))
            message = f"The widget shows percent, and is compared with {listed}: less than one in a hundred."
            advice = f"Was {figures[-1] * 100:g} meant? If not, silence this with the reason."
            yield Finding(widget.subject, "thresholds", message, advice)


def _shows_percent(widget: ReviewedWidget) -> bool:
    measures = {
        given.measure
        for query in widget.queries
        for scope in scopes(query)[:1]
        if scope.is_plain
        for _, given in selected(scope)
    }
    return measures == {Measure.PERCENT}


CHECK = Check(
    code="dashboard/threshold-scale",
    level=Level.WARNING,
    summary="A widget that shows percent is compared with what looks like a ratio.",
    run=_run,
)
