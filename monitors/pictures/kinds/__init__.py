"""How each kind of widget draws, one module for each or for those that share their axes."""

from __future__ import annotations

from monitors.pictures.drawing import Drawing, Ink, Refused, Room
from monitors.pictures.kinds import bars, billboard, bullet, funnel, heatmap, histogram, lines, markdown, pie, stacks
from monitors.pictures.kinds import table as tables
from monitors.spec import BillboardWidget, BulletWidget, ChartWidget, MarkdownWidget, Widget

__all__ = ["draw"]

_CHARTS = {
    "line": lines.draw,
    "area": stacks.draw_areas,
    "bar": bars.draw,
    "stacked_bar": stacks.draw_bars,
    "pie": pie.draw,
    "table": tables.draw,
    "heatmap": heatmap.draw,
    "histogram": histogram.draw,
    "funnel": funnel.draw,
    "log_table": tables.draw_log,
}


def draw(widget: Widget, ink: Ink, room: Room) -> Drawing:
    """Return a widget's drawing. Raises `Refused` where its kind cannot show what its queries give."""
    match widget:
        case ChartWidget():
            return _CHARTS[widget.kind](widget, ink, room)
        case BillboardWidget():
            return billboard.draw(widget, ink, room)
        case BulletWidget():
            return bullet.draw(widget, ink, room)
        case MarkdownWidget():
            return markdown.draw(widget, room)
    raise Refused(f"{type(widget).__name__} is no widget that is drawn.")
