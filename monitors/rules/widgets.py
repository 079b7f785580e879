"""What checks ask of a widget, whatever its type."""

from __future__ import annotations

from monitors.spec import BillboardWidget, BulletWidget, ChartWidget, Widget


def kind_of(widget: Widget) -> str:
    """Return how a widget draws: line, bar, billboard, markdown ..."""
    match widget:
        case ChartWidget(kind=kind):
            return kind
        case BillboardWidget():
            return "billboard"
        case BulletWidget():
            return "bullet"
        case _:
            return "markdown"


def shown(widget: Widget) -> tuple[float, ...]:
    """Return every figure that a widget compares its values with: thresholds, the ends of bands, limits."""
    figures: tuple[float | None, ...] = ()
    match widget:
        case BillboardWidget():
            figures = (widget.warning, widget.critical)
        case ChartWidget():
            figures = tuple(end for band in widget.bands for end in (band.above, band.below))
        case BulletWidget():
            figures = (widget.limit,)
    return tuple(figure for figure in figures if figure is not None)


def falls(widget: BillboardWidget) -> bool:
    """Say whether a billboard colours low values: New Relic does so where the warning is above the critical figure.

    Source: docs.newrelic.com, "Chart types", section on billboards.
    """
    return widget.warning is not None and widget.critical is not None and widget.warning > widget.critical
