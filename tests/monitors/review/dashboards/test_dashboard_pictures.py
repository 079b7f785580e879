"""Pictures before and after: of pages that look otherwise, with the widgets that changed in a frame."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from dashboard_cases import at, dashboard, line, page, text, with_dashboards

from monitors.nrql.evaluator import Data
from monitors.review.dashboards.pictures import Pictures, before_and_after
from monitors.spec import Band, Dashboard

START = 1_790_000_000.0
DATA = Data.of_rows(
    [{"timestamp": START + 10 * number, "eventType": "Request", "env": "prod", "skillId": "a"} for number in range(300)]
)
TWO = page(line("A", at(1, 1)), line("B", at(1, 5)))


def _pictures(before: Dashboard, after: Dashboard) -> tuple[Pictures, ...]:
    return before_and_after(with_dashboards(before), with_dashboards(after), DATA, theme="light")


def _framed(svg: str | None) -> int:
    assert svg is not None
    ET.fromstring(svg)
    return len(re.findall('class="mark"', svg))


def test_a_page_that_looks_the_same_has_no_picture() -> None:
    assert _pictures(dashboard(TWO), dashboard(TWO)) == ()
    other_order = page(*TWO.widgets[::-1])
    assert _pictures(dashboard(TWO), dashboard(other_order, description="Other words.")) == ()


def test_the_widget_that_changed_is_framed_on_both_sides() -> None:
    after = page(line("A", at(1, 1), bands=(Band(severity="critical", above=1),)), line("B", at(1, 5)))
    ((title, old, new),) = _pictures(dashboard(TWO), dashboard(after))
    assert title == "Dashboard one"
    assert (_framed(old), _framed(new)) == (1, 1)
    assert "band critical" in (new or "")
    assert "band critical" not in (old or "")


def test_a_widget_whose_change_the_values_do_not_show_is_framed_beside_one_that_looks_otherwise() -> None:
    after = page(line("A", at(1, 1), bands=(Band(severity="critical", above=10_000),)), line("B2", at(1, 5)))
    ((_, old, new),) = _pictures(dashboard(TWO), dashboard(after))
    assert "band critical" not in (new or "")
    assert (_framed(old), _framed(new)) == (2, 2)


def test_a_widget_that_is_new_is_framed_and_those_it_pushed_down_are_not() -> None:
    after = page(text("Look", at(1)), line("A", at(4, 1)), line("B", at(4, 5)))
    ((_, old, new),) = _pictures(dashboard(TWO), dashboard(after))
    assert (_framed(old), _framed(new)) == (0, 1)


def test_where_nothing_but_places_differ_the_moved_are_framed() -> None:
    after = page(line("A", at(1, 5)), line("B", at(1, 9)))
    ((_, old, new),) = _pictures(dashboard(TWO), dashboard(after))
    assert (_framed(old), _framed(new)) == (2, 2)


def test_pages_and_dashboards_that_one_side_has_alone_have_one_picture() -> None:
    second = page(line("C"), name="Second")
    found = _pictures(dashboard(TWO), dashboard(TWO, second))
    # With a second page New Relic names the page beside the dashboard, so that the first looks otherwise too.
    assert [(title, old is None, new is None) for title, old, new in found] == [
        ("Dashboard one / First", False, False),
        ("Dashboard one / Second", True, False),
    ]
    gone = before_and_after(with_dashboards(dashboard(TWO)), with_dashboards(), DATA)
    assert [(title, old is None, new is None) for title, old, new in gone] == [("Dashboard one", False, True)]


def test_now_is_the_end_of_the_data_and_its_name_is_told() -> None:
    stacks = with_dashboards(dashboard(TWO)), with_dashboards(dashboard(page(line("A"))))
    ((_, old, _),) = before_and_after(*stacks, DATA, name="the recording")
    assert "the recording, as of Mon 21 Sep 2026" in (old or "")
