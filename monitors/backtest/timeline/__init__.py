"""The timeline picture of a backtest: one row for each alert, as SVG and as a page that stands alone."""

from monitors.backtest.timeline.page import page
from monitors.backtest.timeline.svg import svg

__all__ = ["page", "svg"]
