"""A dashboard's page in a real browser: light and dark, by keyboard, on a phone, with no request but its own."""

from __future__ import annotations

from typing import Any

import pytest
from picture_cases import every_kind, source
from watched_page import looked_at, needs_chromium

from monitors.pictures.answers import Evaluation
from monitors.pictures.html import page
from monitors.pictures.theme import DARK, LIGHT, Palette
from monitors.pictures.widgets import drawn

pytestmark = needs_chromium
_SCHEMES = {"dark": 0, "light": 1}
# The page has no script and allows none, so that this one looks into it from outside, in frames of two widths.
DRIVER = """<!doctype html><meta charset="utf-8">
<iframe id="desk" src="/page" style="width:1440px;height:900px;border:0"></iframe>
<iframe id="phone" src="/page" style="width:390px;height:800px;border:0"></iframe>
<script>
onload = () => {
  const seen = {};
  for (const name of ["desk", "phone"]) {
    const frame = document.getElementById(name), page = frame.contentDocument;
    const root = page.documentElement, style = frame.contentWindow.getComputedStyle(page.body);
    const widgets = [...page.querySelectorAll("article")];
    const boxes = widgets.map((one) => one.getBoundingClientRect());
    const stops = [...page.querySelectorAll("a[href], summary, [tabindex='0']")].filter((one) => one.checkVisibility());
    const focused = stops.map((one) => { one.focus(); return page.activeElement === one; });
    const details = page.querySelector("details");
    const before = details.querySelector(".numbers").checkVisibility();
    details.querySelector("summary").click();
    const inner = details.querySelector(".numbers").getBoundingClientRect();
    seen[name] = {
      width: root.clientWidth, needed: root.scrollWidth,
      ground: style.backgroundColor, text: style.color,
      widgets: widgets.length, focused: focused.every(Boolean), stops: stops.length,
      articles: widgets.every((one) => one.tabIndex === 0),
      named: widgets.every((one) => one.ariaLabel || page.getElementById(one.getAttribute("aria-labelledby"))),
      hidden: before, shown: details.querySelector(".numbers").checkVisibility(),
      within: inner.bottom <= details.closest("article").getBoundingClientRect().bottom + 1,
      left: boxes.map((box) => Math.round(box.left)), right: boxes.map((box) => Math.round(box.right)),
      tops: boxes.map((box) => Math.round(box.top)), bottoms: boxes.map((box) => Math.round(box.bottom)),
      smallest: Math.min(...[...page.querySelectorAll("svg.nr text")].map((one) => {
        const svg = one.ownerSVGElement, shrunk = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return parseFloat(frame.contentWindow.getComputedStyle(one).fontSize) * shrunk;
      })),
    };
  }
  document.title = JSON.stringify(seen);
};
</script>"""


def _page() -> str:
    whole, rows = every_kind(), source(made_up=True)
    return page([drawn(whole, whole.pages[0], Evaluation(rows))], rows)


@pytest.fixture(scope="module", params=["light", "dark"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    options = (f"--blink-settings=preferredColorScheme={_SCHEMES[request.param]}", "--window-size=1900,1000")
    found = looked_at(_page(), DRIVER, tmp_path_factory.mktemp("profile"), *options, budget_ms=2000)
    palette = LIGHT if request.param == "light" else DARK
    return {**found, "complaints": "\n".join(found["complaints"]), "palette": palette}


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_the_browser_finds_nothing_to_complain_about(seen: dict[str, Any]) -> None:
    assert seen["complaints"] == ""


def test_the_page_asks_for_nothing_but_itself(seen: dict[str, Any]) -> None:
    assert set(seen["asked"]) <= {"/driver", "/page", "/favicon.ico"}  # the icon is asked for by the page around it


def test_the_page_follows_the_readers_choice_of_light_or_dark(seen: dict[str, Any]) -> None:
    palette: Palette = seen["palette"]
    for name in ("desk", "phone"):
        assert seen[name]["ground"] == _rgb(palette.ground)
        assert seen[name]["text"] == _rgb(palette.text)


def test_every_widget_has_a_name_and_is_reached_by_keyboard(seen: dict[str, Any]) -> None:
    for name in ("desk", "phone"):
        found = seen[name]
        assert found["widgets"] == len(every_kind().pages[0].widgets)
        assert found["articles"]
        assert found["named"]
        assert found["focused"], "an element that should take the focus does not"
        assert found["stops"] > found["widgets"]


def test_numbers_open_within_their_widget(seen: dict[str, Any]) -> None:
    for name in ("desk", "phone"):
        assert (seen[name]["hidden"], seen[name]["shown"], seen[name]["within"]) == (False, True, True)


def test_the_page_is_no_wider_than_its_screen(seen: dict[str, Any]) -> None:
    for name, most in (("desk", 1440), ("phone", 390)):
        assert seen[name]["needed"] <= seen[name]["width"] <= most


def test_widgets_stand_as_the_grid_says_and_never_over_each_other(seen: dict[str, Any]) -> None:
    for name in ("desk", "phone"):
        found = seen[name]
        boxes = list(zip(found["left"], found["right"], found["tops"], found["bottoms"], strict=True))
        for place, (left, right, top, bottom) in enumerate(boxes):
            for other_left, other_right, other_top, other_bottom in boxes[place + 1 :]:
                apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
                assert apart
    widgets = every_kind().pages[0].widgets_in_order
    starts = {one.place.column: seen["desk"]["left"][place] for place, one in enumerate(widgets)}
    columns = sorted(starts)
    steps = {(starts[after] - starts[1]) / (after - 1) for after in columns[1:]}
    assert max(steps) - min(steps) < 1.5


def test_text_is_large_enough_to_read(seen: dict[str, Any]) -> None:
    assert seen["desk"]["smallest"] >= 10
    assert seen["phone"]["smallest"] >= 8


def test_each_page_of_a_real_dashboard_is_small_enough_to_send() -> None:
    assert len(_page()) < 150_000
