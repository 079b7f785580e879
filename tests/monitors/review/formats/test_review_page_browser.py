"""The page of a diff in a real browser: filters without its script, keys, anchors, a phone's width, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from review_diffs import PLAIN, change, diff
from watched_page import looked_at, needs_chromium

from monitors.review.changes import Area, Danger, Fact
from monitors.review.formats.page import page

pytestmark = needs_chromium
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 300"><rect width="900" height="300"/></svg>'
LONG = (
    "monitors/catalog/a_very_long_name_of_a_file_without_any_place_to_break_it_that_a_phone_has_to_break_somewhere.py"
)
CHANGES = diff(
    *PLAIN.changes,
    change("Hosting in staging.", area=Area.HOSTING, environments=("staging",), subject="render-service/web"),
    change(LONG, Danger.HIGH, subject=LONG, facts=(Fact("topic", LONG, LONG, LONG),), environments=("prod",)),
    resources=PLAIN.resources,
    notes=PLAIN.notes,
)
# Two frames of a phone's width: one as it is, one in which no script may run.
DRIVER = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<iframe id="whole" src="/page" style="width:390px;height:800px;border:0"></iframe>
<iframe id="bare" src="/page" sandbox="allow-same-origin" style="width:390px;height:800px;border:0"></iframe>
<script>
const seenIn = (page, what) => [...page.querySelectorAll(what)].filter((one) => one.checkVisibility());
const shownIn = (page) => seenIn(page, ".change").map((one) => one.id);
const groups = (page) => seenIn(page, ".danger").length;
function filters(page) {
  const seen = { all: shownIn(page).length };
  const choose = (id) => { page.getElementById(id).click(); };
  const none = () => page.querySelector(".none").checkVisibility();
  choose("d3"); seen.dangerous = shownIn(page); seen.groups = groups(page); seen.none = none();
  choose("danger-all"); choose("a6"); seen.hosting = shownIn(page); seen.hostingGroups = groups(page);
  choose("e1"); seen.hostingInProd = shownIn(page); seen.noGroups = groups(page); seen.nothing = none();
  choose("area-all"); seen.prod = shownIn(page).length;
  choose("where-all"); seen.again = shownIn(page).length;
  return seen;
}
const light = (colour) => {
  const [r, g, b] = colour.match(/[\\d.]+/g).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
function contrast(page, element) {
  const style = page.defaultView.getComputedStyle.bind(page.defaultView);
  let behind = element;
  while (style(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
  const [one, other] = [light(style(element).color), light(style(behind).backgroundColor)].sort((a, b) => b - a);
  return (one + 0.05) / (other + 0.05);
}
onload = async () => {
  const page = document.getElementById("whole").contentDocument, bare = document.getElementById("bare").contentDocument;
  const seen = { width: page.documentElement.clientWidth, needed: page.documentElement.scrollWidth };
  seen.whole = filters(page);
  seen.bare = filters(bare);
  page.getElementById("d0").click(); seen.status = page.querySelector(".shown").textContent;
  page.location.hash = "#c-render-service-web";
  await new Promise((done) => setTimeout(done, 100));
  seen.revealed = [shownIn(page).length, page.activeElement.id, page.querySelector(".shown").textContent];
  const text = "h1,h2,h3,h4,p,dt,dd,del,ins,li,code,label.pill,legend,.where,.meta span,figcaption,footer,a.self";
  seen.faint = [...page.querySelectorAll(text)].filter((one) => one.checkVisibility() && contrast(page, one) < 4.5)
    .map((one) => `${one.tagName} ${one.className} ${contrast(page, one).toFixed(2)}`);
  seen.ground = light(page.defaultView.getComputedStyle(page.body).backgroundColor);
  seen.picture = [...page.images].map((one) => one.naturalWidth > 0 && one.parentElement.clientWidth <= 390);
  seen.stops = [...page.querySelectorAll("a[href], input, [tabindex='0']")].map((one) => one.id || one.className);
  document.title = JSON.stringify(seen);
};
</script>"""


def _seen(profile: Path, *more: str) -> dict[str, Any]:
    return looked_at(page(CHANGES, [("Errors", SVG, SVG)]), DRIVER, profile, *more)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _seen(tmp_path_factory.mktemp("light"))


@pytest.fixture(scope="module")
def seen_in_the_dark(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _seen(tmp_path_factory.mktemp("dark"), "--force-dark-mode")


def test_nothing_is_asked_of_the_network_and_nothing_complained_of(seen: dict[str, Any]) -> None:
    assert sorted(seen["asked"]) == ["/driver", "/page", "/page"]
    # The frame without scripts says that it ran none, which is what it is for.
    assert [one for one in seen["complaints"] if "sandboxed" not in one] == []


def test_the_page_is_no_wider_than_a_phone(seen: dict[str, Any]) -> None:
    assert seen["needed"] <= seen["width"] <= 390
    assert seen["picture"] == [True, True]


@pytest.mark.parametrize("frame", ["whole", "bare"])
def test_filters_work_with_the_script_and_without(seen: dict[str, Any], frame: str) -> None:
    found = seen[frame]
    assert (found["all"], found["again"]) == (5, 5)
    assert (len(found["dangerous"]), found["groups"], found["none"]) == (2, 1, False)
    assert (found["hosting"], found["hostingGroups"]) == (["c-render-service-web"], 1)
    assert (found["hostingInProd"], found["noGroups"], found["nothing"]) == ([], 0, True)
    assert found["prod"] == 4


def test_it_is_said_how_many_changes_a_filter_leaves(seen: dict[str, Any]) -> None:
    assert seen["status"] == "Shown: 1 of 5 changes."


def test_a_link_to_a_change_that_a_filter_hides_shows_it(seen: dict[str, Any]) -> None:
    assert seen["revealed"] == [5, "c-render-service-web", ""]


def test_every_filter_and_link_is_reached_by_the_keyboard(seen: dict[str, Any]) -> None:
    assert seen["stops"][0] == "skip"
    assert {"danger-all", "d3", "area-all", "a6", "where-all", "e0", "e1"} <= set(seen["stops"])
    assert (seen["stops"].count("self"), seen["stops"].count("drawn")) == (5, 2)


def test_light_and_dark_are_both_readable(seen: dict[str, Any], seen_in_the_dark: dict[str, Any]) -> None:
    assert seen["ground"] > 0.8
    assert seen_in_the_dark["ground"] < 0.05
    assert (seen["faint"], seen_in_the_dark["faint"]) == ([], [])
