"""The calendar's page in a real browser: what it asks of the network, keys, links, a phone's width, light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from calendar_answers import eventful
from watched_page import looked_at, needs_chromium

from lookout.who.calendar.page import page

pytestmark = needs_chromium
DRIVER = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<iframe id="phone" src="/page" style="width:390px;height:800px;border:0"></iframe>
<script>
const light = (colour) => {
  const [r, g, b] = colour.match(/[\\d.]+/g).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (one, other) => {
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};
onload = async () => {
  const page = document.getElementById("phone").contentDocument;
  const style = (element) => page.defaultView.getComputedStyle(element);
  const behind = (element) => style(element).backgroundColor === "rgba(0, 0, 0, 0)"
    ? behind(element.parentElement) : style(element).backgroundColor;
  const seen = { width: page.documentElement.clientWidth, needed: page.documentElement.scrollWidth };
  seen.ground = light(style(page.body).backgroundColor);
  seen.faint = [...page.querySelectorAll("h1, h2, p, th, td, li, summary, footer, .share")]
    .filter((one) => one.checkVisibility() && ratio(style(one).color, behind(one)) < 4.5).map((one) => one.outerHTML);
  const panel = behind(page.querySelector("svg"));
  seen.faintTexts = [...page.querySelectorAll("svg text:not(.on)")]
    .filter((one) => ratio(style(one).fill, panel) < 4.5).map((one) => one.textContent);
  seen.faintInitials = [...page.querySelectorAll("svg text.on")]
    .filter((one) => ratio(style(one).fill, style(one.previousElementSibling).fill) < 4.5)
    .map((one) => one.textContent);
  const bar = [...page.querySelectorAll("svg a")].find((one) => one.getAttribute("href") === "#t-lead-0");
  bar.focus();
  seen.focused = page.activeElement === bar;
  seen.outline = style(bar.querySelector("rect")).strokeWidth;
  page.defaultView.location.hash = "#t-lead-0";
  await new Promise((done) => setTimeout(done, 100));
  const row = page.getElementById("t-lead-0");
  seen.revealed = [row.checkVisibility(), row.closest("details").open];
  seen.stops = [...page.querySelectorAll("a[href], summary, [tabindex='0']")].map((one) => one.localName);
  seen.first = page.querySelector("a[href], summary, [tabindex='0']").className;
  document.title = JSON.stringify(seen);
};
</script>"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return looked_at(page(eventful()), DRIVER, tmp_path_factory.mktemp("light"))


@pytest.fixture(scope="module")
def seen_in_the_dark(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return looked_at(page(eventful()), DRIVER, tmp_path_factory.mktemp("dark"), "--force-dark-mode")


def test_nothing_is_asked_of_the_network_and_nothing_complained_of(seen: dict[str, Any]) -> None:
    assert sorted(seen["asked"]) == ["/driver", "/page"]
    assert seen["complaints"] == []


def test_the_page_is_no_wider_than_a_phone(seen: dict[str, Any]) -> None:
    assert seen["needed"] <= seen["width"] <= 390


def test_every_bar_is_reached_by_the_keyboard_and_shows_that_it_is(seen: dict[str, Any]) -> None:
    assert seen["first"] == "skip"
    assert seen["stops"].count("a") > 40
    assert seen["stops"].count("summary") >= 4
    assert (seen["focused"], seen["outline"]) == (True, "3px")


def test_a_bar_opens_the_table_that_tells_of_it(seen: dict[str, Any]) -> None:
    assert seen["revealed"] == [True, True]


def test_light_and_dark_are_both_readable(seen: dict[str, Any], seen_in_the_dark: dict[str, Any]) -> None:
    assert seen["ground"] > 0.8
    assert seen_in_the_dark["ground"] < 0.05
    for one in (seen, seen_in_the_dark):
        assert (one["faint"], one["faintTexts"], one["faintInitials"]) == ([], [], [])
