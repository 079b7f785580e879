"""Thresholds, bands and limits outside what a widget's query can give: the colour never shows, or always."""

from __future__ import annotations

from collections.abc import Iterator

from monitors.rules.check import Check, Finding
from monitors.rules.problem import Level
from monitors.rules.quantities import Quantity, selected
from monitors.rules.reading import scopes
from monitors.rules.review import Review, ReviewedWidget
from monitors.rules.widgets import falls
from monitors.spec import Band, BillboardWidget, BulletWidget, ChartWidget


def _run(review: Review) -> Iterator[Finding]:
    for widget in review.widgets:
        given = _given(widget)
        if given is None:
            continue
        for field, fault in _faults(widget.spec, given):
            yield Finding(widget.subject, field, fault, "Give a figure within what the query can give.")


def _given(widget: ReviewedWidget) -> Quantity | None:
    """Return what the widget's one value is; of several values a threshold may be meant for any."""
    if len(widget.queries) != 1:
        return None
    for scope in scopes(widget.queries[0])[:1]:
        found = selected(scope)
        if scope.is_plain and len(found) == 1:
            return found[0][1]
    return None


def _faults(widget: object, given: Quantity) -> Iterator[tuple[str, str]]:
    most = given.most
    match widget:
        case BillboardWidget():
            for field in ("warning", "critical"):
                fault = _of_figure(getattr(widget, field), given, falling=falls(widget))
                if fault is not None:
                    yield field, f"{fault[0]}, so that {field} {getattr(widget, field):g} {fault[1]} shows."
        case ChartWidget(bands=bands):
            for index, band in enumerate(bands):
                yield from ((f"bands.{index}", fault) for fault in _of_band(band, given))
        case BulletWidget(limit=limit):
            if most is not None and limit > most:
                yield "limit", f"The query gives at most {most:g}, so that the limit {limit:g} is never reached."


def _of_figure(value: float | None, given: Quantity, *, falling: bool) -> tuple[str, str] | None:
    """Return why a billboard's figure never or always shows; a falling one shows values below it."""
    if value is None:
        return None
    if given.most is not None and (value > given.most if not falling else value > given.most and given.least is None):
        return f"The query gives at most {given.most:g}", "never" if not falling else "always"
    if given.least is not None and not falling and value <= given.least:
        return f"The query gives {given.least:g} and more", "always"
    if given.least is not None and falling and value < given.least:
        return f"The query gives {given.least:g} and more", "never"
    return None


def _of_band(band: Band, given: Quantity) -> Iterator[str]:
    if given.most is not None and band.above is not None and band.above >= given.most:
        yield f"The query gives at most {given.most:g}, so that the band above {band.above:g} never shows."
    if given.least is not None and band.below is not None and band.below <= given.least:
        yield f"The query gives {given.least:g} and more, so that the band below {band.below:g} never shows."


CHECK = Check(
    code="dashboard/unreachable-threshold",
    level=Level.WARNING,
    summary="A widget's threshold lies outside what its query can give.",
    run=_run,
)
