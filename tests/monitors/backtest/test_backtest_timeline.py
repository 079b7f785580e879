"""The timeline picture: where things stand on it, and that nothing that is named can break out of it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from backtest_cases import DAY, HOURS, START, alert, backtest, condition, opening, page, unjudged, windows
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_page import Page

from monitors.backtest import timeline
from monitors.backtest.hours import Hours
from monitors.backtest.result import AlertHistory, Backtest, Coverage, Source
from monitors.backtest.timeline.bars import MOST_LANES, bars
from monitors.backtest.timeline.curve import curve
from monitors.backtest.timeline.scale import Scale, marks, shades
from monitors.backtest.timeline.text import threshold

SCALE = Scale(START, START + DAY, 1440)
HOSTILE = "</style></script><script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\x00\x0b\ud800]]>"


def _eventful() -> Backtest:
    slow = alert("slow-skill", opening(7200, 60, priority="warning", facet=("case-research",), notices=()))
    return backtest(alert("high-skill-error-rate", opening(3600, 30), opening(40_000, 5)), slow, unjudged())


def test_the_picture_is_whole_xml_with_a_title_and_a_description_of_every_row() -> None:
    root = ElementTree.fromstring(timeline.svg(_eventful()))
    texts = {element.tag.rpartition("}")[2]: element.text or "" for element in root if element.get("id")}
    assert texts["title"] == "What the alerts of prod would have done"
    assert "High Skill Error Rate: 2 incidents, 35 min in all; Slow skill: 1 incident, 1 h in all" in texts["desc"]


def test_every_incident_is_told_where_the_pointer_rests_on_it() -> None:
    picture = timeline.svg(_eventful())
    assert "<title>SEV1 critical: High Skill Error Rate, Mon 21 Sep 01:00 to 01:30, 30 min</title>" in picture
    assert "<title>SEV3 warning: Slow skill (case-research), Mon 21 Sep 02:00 to 03:00, 1 h</title>" in picture


def test_each_bar_leads_to_the_row_that_tells_of_its_incident() -> None:
    page_of_it = Page(timeline.page(_eventful()))
    targets = [link for link in page_of_it.values("href") if link.startswith("#i") and link != "#incidents"]
    assert targets == ["#i0", "#i2", "#i1"]
    assert {link[1:] for link in targets} <= set(page_of_it.values("id"))


def test_every_bar_has_a_name_for_who_cannot_see_it() -> None:
    names = Page(timeline.page(_eventful())).values("aria-label")
    assert "SEV1 critical: High Skill Error Rate, Mon 21 Sep 01:00 to 01:30, 30 min" in names
    assert "High Skill Error Rate: 2 incidents, 35 min in all" in names


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    text = timeline.page(_eventful())
    found = Page(text)
    loaded = [attrs for tag, attrs in found.elements if tag in {"link", "script", "img", "iframe", "object"}]
    assert loaded == [{"rel": "icon", "href": "data:,"}, {}]
    assert "@import" not in text
    assert "url(" not in text
    assert re.search(r"https?://(?!www\.w3\.org)", text) is None
    (policy,) = [content for content in found.values("content") if content.startswith("default-src")]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-")


def test_a_name_or_value_that_is_markup_stays_text() -> None:
    hostile = alert("high-skill-error-rate", name=re.sub("[\x00\x0b\ud800]", "", HOSTILE))
    evil = opening(3600, 30, facet=(HOSTILE,), notices=(page(START + 3600, HOSTILE),), muted_by=None)
    nothing = replace(unjudged(), coverage=Coverage(0, 0, 0, 0, HOSTILE, HOSTILE, kind="no data"))
    found = backtest(replace(hostile, openings=(evil,)), nothing, source=Source(HOSTILE, 1))
    shown = Page(timeline.page(found))
    assert [tag for tag, _ in shown.elements if tag in {"img", "script"}] == ["script"]
    assert shown.values("onerror") == []
    assert "<script>alert(1)</script>" in shown.text
    root = ElementTree.fromstring(timeline.svg(found))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "text", "path", "g")
    }


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=40, deadline=None)
def test_no_facet_or_role_breaks_the_picture(facet: str, role: str) -> None:
    one = opening(3600, 30, facet=(facet,), notices=(page(START + 3600, role),))
    found = backtest(alert("high-skill-error-rate", one))
    ElementTree.fromstring(timeline.svg(found))
    tags = [tag for tag, _ in Page(timeline.page(found)).elements]
    plain = Page(timeline.page(backtest(alert("high-skill-error-rate", opening(3600, 30)))))
    assert tags == [tag for tag, _ in plain.elements]


def test_a_backtest_without_incidents_or_data_is_drawn_too() -> None:
    for found in (backtest(alert()), backtest(unjudged()), backtest()):
        ElementTree.fromstring(timeline.svg(found))
        assert "No alert opened." in timeline.page(found)


def test_an_alert_that_nothing_can_be_said_of_is_named_with_the_reason() -> None:
    shown = Page(timeline.page(_eventful())).text
    assert "Alerts that nothing can be said of" in shown
    assert "no row has the metric Custom/X." in shown


def test_more_incidents_than_a_page_can_hold_leave_the_longest_and_say_so() -> None:
    many = alert("slow-skill", *(opening(40 * place, 1 + place % 7, notices=()) for place in range(2100)))
    text = timeline.page(backtest(many))
    assert "The 2,000 longest of 2,100 incidents; --json has all" in text
    assert text.count('<tr id="i') == 2000


def test_more_bars_than_could_be_told_apart_leave_the_longest_and_say_so() -> None:
    many = alert("slow-skill", *(opening(120 * place, 1, notices=()) for place in range(510)), opening(0, 600))
    picture = timeline.svg(backtest(many))
    assert picture.count("<title>SEV3") == 500
    assert "00:00 to 10:00, 10 h</title>" in picture
    assert "of an alert with more than 500 incidents the longest are drawn." in picture


def _history(values: list[float], key: str = "high-skill-error-rate") -> AlertHistory:
    return AlertHistory(condition(key), "page-sev1", Coverage(1, 1, 1, 0), (), windows(values))


def test_a_line_keeps_the_worst_value_of_each_column() -> None:
    values = [1.0] * 1440
    values[700] = 9.0
    line = curve(_history(values), SCALE, 40, 144)
    assert line is not None
    assert line.worst == 9.0
    assert line.path.count("-") == 1, "one step up, for the one peak"


def test_for_a_threshold_below_the_worst_is_the_least() -> None:
    values = [100.0] * 1440
    values[700] = 2.0
    line = curve(_history(values, "claude-api-success-rate"), SCALE, 40, 144)
    assert line is not None
    assert line.worst == 2.0


def test_what_is_usual_and_the_threshold_stand_where_they_do_in_every_row() -> None:
    for usual in (0.0, 1.0, 4.9):
        line = curve(_history([usual] * 100 + [500.0]), SCALE, 40, 144)
        assert line is not None
        assert line.critical_y == 20.0
        assert line.path.startswith("M0 40h")


def test_a_value_far_on_the_calm_side_flattens_no_line() -> None:
    values = [1.0] * 1440
    values[700:800] = [-1e6] * 100
    line = curve(_history(values), SCALE, 40, 1440)
    assert line is not None
    assert line.path.startswith("M0 30.8h"), "what is usual is no nearer to the threshold for it"


def test_a_line_is_broken_where_there_was_no_data() -> None:
    values = [1.0] * 1440
    values[100:130] = [float("nan")] * 30
    line = curve(_history(values), SCALE, 40, 1440)
    assert line is not None
    assert line.path.count("M") == 2


def test_a_signal_without_any_value_has_no_line() -> None:
    assert curve(_history([float("nan")] * 100), SCALE, 40, 144) is None
    assert curve(unjudged(), SCALE, 40, 144) is None


@given(st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=1, max_size=200))
@settings(deadline=None)
def test_a_line_never_leaves_its_row(values: list[float]) -> None:
    line = curve(_history(values), SCALE, 40, 300)
    if line is None:
        assert np.isnan(values).all()
        return
    y = 0.0
    for kind, text in re.findall(r"([Ml])([^Mlh]+)", line.path):
        moved = float(text.split()[1])
        y = moved if kind == "M" else y + moved
        assert -1 <= y <= 41


def test_incidents_that_are_open_at_once_stand_in_lanes_of_their_own() -> None:
    placed, lanes = bars([opening(0, 60), opening(1800, 60), opening(3600, 60)], SCALE)
    assert [bar.lane for bar in placed] == [0, 1, 0]
    assert lanes == 2
    assert [(bar.x, bar.width) for bar in placed] == [(0, 60), (30, 60), (60, 60)]


def test_a_crowd_shares_the_last_lane() -> None:
    placed, lanes = bars([opening(60 * place, 600) for place in range(6)], SCALE)
    assert lanes == MOST_LANES
    assert [bar.lane for bar in placed] == [0, 1, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("hours", "labels"),
    [
        (3, ["Mon 21 Sep", "01:00", "02:00"]),
        (24, ["Mon 21 Sep", "02:00", "04:00", "06:00", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00", "20:00"]),
        (72, ["Mon 21 Sep", "Tue 22 Sep", "Wed 23 Sep"]),
        (24 * 28, ["Mon 21 Sep", "Wed 23 Sep", "Fri 25 Sep"]),
    ],
)
def test_the_axis_has_hours_for_a_short_time_and_days_for_a_long_one(hours: int, labels: list[str]) -> None:
    found = [mark.label for mark in marks(Scale(START, START + hours * 3600, 1000), HOURS)]
    assert found[: len(labels)] == labels
    assert len(found) <= 14


def test_hours_are_those_of_the_place_where_it_is_half_an_hour_aside() -> None:
    scale = Scale(START, START + 3 * 3600, 1000)
    assert [mark.label for mark in marks(scale, Hours("Asia/Kolkata"))] == ["06:00", "07:00", "08:00"]


def test_nights_and_working_hours_are_shaded_until_they_would_blur() -> None:
    assert {shade.kind for shade in shades(SCALE, HOURS)} == {"night", "working"}
    assert shades(Scale(START, START + 1000 * DAY, 1400), HOURS) == ()


def test_a_threshold_is_told_in_words() -> None:
    error_rate, baseline = condition(), condition("cost-spike-relative")
    assert error_rate.critical is not None
    assert baseline.warning is not None
    assert threshold(error_rate, error_rate.critical) == "above 5 % for 5 min"
    assert threshold(baseline, baseline.warning) == "3 deviations from usual for 1 h"
