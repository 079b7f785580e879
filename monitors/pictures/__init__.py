"""Dashboards as pictures: what New Relic would show of recorded data, drawn here without an account."""

from monitors.pictures.html import index, page
from monitors.pictures.picture import HEADER_HEIGHT, picture
from monitors.pictures.source import Source
from monitors.pictures.theme import Theme
from monitors.pictures.widgets import DrawnPage, DrawnWidget, drawn

__all__ = ["DrawnPage", "DrawnWidget", "HEADER_HEIGHT", "Source", "Theme", "drawn", "index", "page", "picture"]
