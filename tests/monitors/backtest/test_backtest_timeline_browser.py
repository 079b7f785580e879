"""The timeline page in a real browser: nothing to complain about, keys work, it fits a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from backtest_cases import alert, backtest, opening, unjudged
from watched_page import looked_at, needs_chromium

from monitors.backtest import timeline

pytestmark = needs_chromium
# The page runs in a frame of a phone's width, and this presses keys in it: its own policy allows no other script.
DRIVER = """<!doctype html><meta charset="utf-8"><iframe src="/page" style="width:390px;height:800px;border:0"></iframe>
<script>
onload = () => {
  const page = document.querySelector("iframe").contentDocument, about = page.getElementById("about");
  const seen = { width: page.documentElement.clientWidth, needed: page.documentElement.scrollWidth };
  const bars = [...page.querySelectorAll("svg.strip a")];
  const press = (key) => page.activeElement.dispatchEvent(
    new page.defaultView.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const focused = () => page.activeElement.getAttribute("href");
  seen.stops = bars.filter((bar) => bar.getAttribute("tabindex") !== "-1").map((bar) => bar.getAttribute("href"));
  bars[0].focus();
  seen.first = [focused(), about.hidden, about.textContent];
  press("ArrowRight"); seen.right = focused();
  press("End"); seen.end = focused();
  press("ArrowDown"); seen.down = focused();
  press("ArrowUp"); seen.up = focused();
  press("Escape"); seen.escaped = about.hidden;
  const buttons = [...page.querySelectorAll(".zoom button")];
  buttons[2].click();
  seen.pressed = buttons.map((button) => button.getAttribute("aria-pressed"));
  seen.view = page.querySelector("svg.strip").getAttribute("viewBox");
  seen.marks = [...page.querySelectorAll(".axis span")].filter((mark) => !mark.hidden).map((mark) => mark.textContent);
  document.title = JSON.stringify(seen);
};
</script>"""


def _page() -> str:
    busy = alert("high-skill-error-rate", opening(3600, 30), opening(40_000, 5), opening(130_000, 5))
    slow = alert("slow-skill", opening(44_000, 60, facet=("case-research",), notices=()))
    found = backtest(busy, slow, alert("daily-cost"), unjudged())
    return timeline.page(type(found)(**{**vars(found), "until": found.since + 3 * 86_400}))


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found = looked_at(_page(), DRIVER, tmp_path_factory.mktemp("profile"), budget_ms=2000)
    return {**found, "complaints": "\n".join(found["complaints"])}


def test_the_browser_finds_nothing_to_complain_about(seen: dict[str, Any]) -> None:
    assert seen["complaints"] == ""


def test_the_page_is_no_wider_than_a_phone(seen: dict[str, Any]) -> None:
    assert seen["needed"] <= seen["width"] <= 390


def test_every_alert_is_one_stop_of_the_tab_key(seen: dict[str, Any]) -> None:
    assert seen["stops"] == ["#i0", "#i2"]


def test_a_focused_bar_is_told_in_full(seen: dict[str, Any]) -> None:
    bar, hidden, text = seen["first"]
    assert (bar, hidden) == ("#i0", False)
    for said in ("High Skill Error Rate", "SEV1 critical", "Mon 21 Sep 01:00 to 01:30", "30 min", "AI engineer A"):
        assert said in text


def test_arrow_keys_go_along_an_alert_and_to_the_nearest_incident_of_the_next(seen: dict[str, Any]) -> None:
    assert [seen["right"], seen["end"], seen["down"], seen["up"]] == ["#i1", "#i3", "#i2", "#i1"]


def test_escape_puts_the_details_away(seen: dict[str, Any]) -> None:
    assert seen["escaped"] is True


def test_a_day_can_be_looked_at_alone_with_its_hours(seen: dict[str, Any]) -> None:
    assert seen["pressed"] == ["false", "false", "true", "false"]
    assert seen["view"].split()[::2] == ["466.67", "466.66"]
    assert set(seen["marks"]) == {"Tue 22 Sep", *(f"{hour:02}:00" for hour in range(3, 24, 3))}


def test_without_its_script_the_page_still_holds_every_incident(tmp_path: Path) -> None:
    rows = re.findall(r'<tr id="i\d">', _page())
    assert len(rows) == 4
