"""The page about rendering: its picture is of today's dashboard, small, and called made up."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from monitors import catalog
from monitors.pictures.picture import MADE_UP

KINDS = (
    *("line", "area", "bar", "stacked bar", "billboard", "bullet", "table", "pie", "heat map", "histogram", "funnel"),
    *("log", "text"),
)
DOCS = Path(__file__).resolve().parents[3] / "docs"
AGAIN = (
    "`lookout render performance --format svg --out pictures`, then copy performance-budget.svg to docs/dashboard.svg"
)


def _picture() -> str:
    return (DOCS / "dashboard.svg").read_text(encoding="utf-8")


def test_the_picture_shows_every_widget_of_the_page_it_is_of() -> None:
    boards = catalog.stack("prod").observability.dashboards
    page = next(one for one in boards if one.key == "performance").pages[0]
    root = ET.fromstring(_picture())
    texts = {"".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {one.title for one in page.widgets} <= texts, AGAIN
    assert MADE_UP in texts


def test_the_picture_is_small_and_loads_nothing() -> None:
    text = _picture()
    assert len(text) < 150_000
    assert not re.search(r"https?://", text.replace("http://www.w3.org/2000/svg", ""))


def test_the_page_names_every_kind_and_every_option() -> None:
    page = (DOCS / "render.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert kind in page, kind
    for option in ("--sample", "--data", "--now", "--format", "--out", "--theme", "--json"):
        assert option in page
