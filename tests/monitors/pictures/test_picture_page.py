"""A page as SVG and as HTML: everything is said in words too, nothing is loaded, made-up data is called so."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from picture_cases import at, billboard, chart, dashboard, every_kind, page_of, source

from monitors.nrql.evaluator import Data
from monitors.pictures import html
from monitors.pictures.answers import Evaluation
from monitors.pictures.picture import MADE_UP, MARK, picture
from monitors.pictures.source import Source, end_of
from monitors.pictures.widgets import COLUMN, GAP, MARGIN, drawn
from monitors.spec import Dashboard, MarkdownWidget, Page, Variable

SVG = "{http://www.w3.org/2000/svg}"
COUNT = "FROM Request SELECT count(*)"


def _page(whole: Dashboard, *, made_up: bool = False, theme: str = "auto") -> str:
    from_source = source(made_up=made_up)
    evaluation = Evaluation(from_source)
    pages = [drawn(whole, page, evaluation) for page in whole.pages]
    return html.page(pages, from_source, theme)  # type: ignore[arg-type]


def test_widgets_stand_on_a_grid_of_twelve_columns() -> None:
    page = page_of(billboard(COUNT, place=at(1, 1, 3)), billboard(COUNT, title="B", place=at(2, 4, 9)))
    root = ET.fromstring(picture(page, source()))
    groups = [one for one in root.findall(f"{SVG}g") if one.get("transform")]
    places = [tuple(map(float, re.findall(r"[\d.]+", one.get("transform", "")))) for one in groups]
    assert places[1][0] - places[0][0] == pytest.approx(3 * (COLUMN + GAP), abs=0.1)
    assert places[1][1] > places[0][1]
    boxes = [float(one.find(f"{SVG}rect").get("width", 0)) for one in groups]  # type: ignore[union-attr]
    assert places[1][0] + boxes[1] == pytest.approx(1440 - MARGIN, abs=0.2)


def test_a_picture_says_what_it_shows_when_it_was_and_that_its_data_is_made_up() -> None:
    page = page_of(billboard(COUNT, title="Requests"), made_up=True)
    svg = picture(page, source(made_up=True))
    assert MARK in svg
    label = ET.fromstring(svg).get("aria-label", "")
    assert label.startswith("Dashboard Dashboard one. two hours, as of Mon 21 Sep 2026 12:00 (UTC).")
    assert MADE_UP in label
    assert "Requests" in label
    assert svg.count(MADE_UP) == 2  # in the label, and to be seen
    assert MADE_UP not in picture(page_of(billboard(COUNT)), source())


def test_a_picture_and_a_page_load_nothing() -> None:
    whole = every_kind()
    svg = picture(drawn(whole, whole.pages[0], Evaluation(source())), source())
    for text in (svg.replace("http://www.w3.org/2000/svg", ""), _page(whole)):
        assert not re.search(r"https?://|url\(|@import|<script|<img|xlink", text)
    assert "default-src 'none'" in _page(whole)


def test_marked_widgets_have_a_frame() -> None:
    page = page_of(billboard(COUNT, place=at(1, 1)), billboard(COUNT, title="B", place=at(1, 5)))
    assert picture(page, source(), marked={1}).count('class="mark"') == 1
    assert 'class="mark"' not in picture(page, source())


def test_the_page_holds_every_number_as_a_table() -> None:
    whole = every_kind()
    text = _page(whole)
    for name in ("Requests", "Area", "Bars", "Pie", "Funnel"):
        assert f"Numbers of {name}" in text
    assert text.count("<table>") == len(whole.pages[0].widgets) - 3  # without the text, the empty and the refused one


def test_names_and_values_never_become_markup() -> None:
    nasty = "<script>alert(1)</script>\"'"
    whole = dashboard(
        chart("bar", "FROM Log SELECT count(*) FACET message", title=nasty),
        MarkdownWidget(text=f"{nasty} ![x](https://example.com/y.png) [z](javascript:alert(1))", place=at(4)),
        name=nasty,
        description=nasty,
    )
    text = _page(whole)
    assert "<script" not in text
    assert "<img" not in text
    assert "<it broke>" not in text
    assert "[image: x]" in text
    assert 'href="javascript' not in text
    ET.fromstring(picture(drawn(whole, whole.pages[0], Evaluation(source())), source()))


def test_a_dashboard_with_one_page_has_its_own_name_and_others_name_the_page() -> None:
    page = Page(name="First", widgets=(billboard(COUNT),))
    other = Page(name="Second", widgets=(billboard(COUNT),))
    several = Dashboard(key="one", name="Several", pages=(page, other))
    evaluation = Evaluation(source())
    assert drawn(several, page, evaluation).title == "Several / First"
    text = _page(several)
    assert 'href="#first"' in text
    assert 'href="#page-2"' in text
    assert 'id="page-2">Second' in text


def test_choices_stand_at_the_top() -> None:
    variable = Variable(name="who", title="Who", options=("alpha", "beta"), default=("alpha",))
    whole = dashboard(chart("bar", f"{COUNT} WHERE name = {{{{who}}}} FACET name"), variables=(variable,))
    assert "<li><span>Who:</span> alpha</li>" in _page(whole)


def test_the_index_leads_to_every_dashboard_with_its_pages_in_small() -> None:
    whole = every_kind()
    text = html.index([(whole, "one.html")], source(made_up=True), "Dashboards of prod")
    assert '<a href="one.html">Dashboard one</a>' in text
    assert MADE_UP in text
    assert text.count("<rect") == len(whole.pages[0].widgets)
    assert "1 page, 23 widgets" in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_that_is_named_is_kept_whatever_the_reader_prefers(theme: str) -> None:
    text = _page(every_kind(), theme=theme)
    assert f"color-scheme:{theme}" in text
    assert "prefers-color-scheme" not in text


def test_now_is_the_end_of_the_data_unless_it_is_named() -> None:
    rows = [{"timestamp": 100.0, "eventType": "A"}, {"timestamp": 200.0, "eventType": "A"}]
    assert end_of(Data.of_rows(rows)) == pytest.approx(200, abs=0.01)
    assert end_of(Data.of_rows(rows)) > 200
    assert end_of(Data.of_rows([])) == 0


def test_made_up_data_is_known_by_its_rows() -> None:
    assert source(made_up=True).made_up
    assert not source().made_up
    assert not Source(Data.of_rows([]), "nothing", 0).made_up
