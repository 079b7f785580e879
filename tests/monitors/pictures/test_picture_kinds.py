"""Every kind of widget draws what its query gives, says what it cannot draw, and leaves gaps open."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any, get_args

import pytest
from picture_cases import NOW, TEXT, at, billboard, bullet, chart, dashboard, drawing, every_kind, page_of, source

from monitors.nrql.evaluator import Result, evaluate
from monitors.pictures.answers import Evaluation
from monitors.pictures.drawing import NO_DATA, Drawing
from monitors.pictures.kinds.billboard import severity
from monitors.pictures.picture import picture
from monitors.pictures.theme import Theme
from monitors.pictures.widgets import drawn
from monitors.spec import Band, MarkdownWidget, Place

COUNT = "FROM Request SELECT count(*)"
MEAN = "FROM Request SELECT average(ms)"
BANDS = (Band(severity="warning", above=500, below=700), Band(severity="critical", above=700))


def _svg(found: Drawing) -> ET.Element:
    return ET.fromstring(f"<svg>{''.join(found.marks)}</svg>")


def _texts(found: Drawing) -> list[str]:
    return ["".join(one.itertext()) for one in _svg(found).iter("text")]


def _of_class(found: Drawing, name: str) -> list[ET.Element]:
    return [one for one in _svg(found).iter() if name in one.get("class", "").split()]


def test_every_kind_draws_in_both_themes_and_is_whole_xml() -> None:
    whole = every_kind()
    page = drawn(whole, whole.pages[0], Evaluation(source()))
    states = {one.widget.title: one.drawing.state for one in page.widgets}
    assert [title for title, state in states.items() if state != "drawn"] == ["Nothing", "Refused"]
    for theme in get_args(Theme):
        ET.fromstring(picture(page, source(), theme))


def test_marks_stay_within_the_room_of_their_widget() -> None:
    whole = every_kind()
    for one in drawn(whole, whole.pages[0], Evaluation(source())).widgets:
        for box in _svg(one.drawing).iter("rect"):
            x, y, wide, tall = (float(box.get(name, 0)) for name in ("x", "y", "width", "height"))
            assert x >= -0.6, one.widget.title
            assert x + wide <= one.room.width + 0.6, one.widget.title
            assert y >= -0.6, one.widget.title
            assert y + tall <= one.room.height + 4, one.widget.title
        for text in _svg(one.drawing).iter("text"):
            assert float(text.get("y", 0)) <= one.room.height + 4, (one.widget.title, text.text)


@pytest.mark.parametrize("size", [(1, 1), (12, 1), (1, 32), (2, 2)])
def test_widgets_of_any_size_are_drawn_and_what_has_no_room_is_cut_off(size: tuple[int, int]) -> None:
    evaluation = Evaluation(source())
    for widget in every_kind().pages[0].widgets:
        one = widget.model_copy(update={"place": Place(row=1, column=1, width=size[0], height=size[1])})
        whole = dashboard(one)
        svg = picture(drawn(whole, whole.pages[0], evaluation), source())
        inner = ET.fromstring(svg).find(".//{http://www.w3.org/2000/svg}svg")
        assert inner is not None
        assert inner.get("overflow") == "hidden"
        assert not re.search(r'="-?(nan|inf)', svg)


def test_a_line_is_open_where_nothing_was_recorded() -> None:
    (line,) = _of_class(drawing(chart("line", f"{MEAN} TIMESERIES 1 minute")), "l")
    assert line.get("d", "").count("M") == 2  # before and after the quarter without requests


def test_a_value_with_gaps_on_both_sides_is_still_seen() -> None:
    query = f"{MEAN} WHERE id IN ('r190', 'r200') TIMESERIES 1 minute"
    (line,) = _of_class(drawing(chart("line", query)), "l")
    assert line.get("d", "").count("h3") == 2


def test_a_line_has_its_bands_behind_it_and_the_values_in_a_table() -> None:
    found = drawing(chart("line", f"{MEAN} FACET name TIMESERIES 5 minutes", title="Mean (ms)", bands=BANDS))
    assert [one.get("class") for one in _of_class(found, "band")] == ["band warning", "band critical"]
    assert found.table.columns == ("From", "gamma", "beta", "alpha")
    assert len(found.table.rows) == 12
    assert ["band" in mark for mark in found.marks[:3]] == [True, False, True]


def test_a_band_far_above_the_values_does_not_flatten_them_and_a_near_one_is_shown() -> None:
    far = drawing(chart("line", f"{MEAN} TIMESERIES", bands=(Band(severity="critical", above=90_000),)))
    near = drawing(chart("line", f"{MEAN} TIMESERIES", bands=(Band(severity="critical", above=1_200),)))
    assert len(_of_class(far, "band")) == 0
    assert len(_of_class(near, "band")) == 1


def test_the_legend_names_facets_figures_percentiles_and_what_is_compared() -> None:
    several = drawing(chart("line", f"{COUNT}, average(ms) AS 'Mean' FACET name TIMESERIES", place=at(width=12)))
    assert {"alpha: count(*)", "alpha: Mean", "gamma: Mean"} <= set(_texts(several))
    parts = drawing(chart("line", "FROM Request SELECT percentile(ms, 50, 99.9) TIMESERIES", place=at(width=12)))
    assert {"ms (50 %)", "ms (99.9 %)"} <= set(_texts(parts))
    then = drawing(chart("line", f"{MEAN} AS 'Mean' SINCE 20 minutes ago COMPARE WITH 1 hour ago TIMESERIES"))
    assert {"Mean", "Mean (1 hour ago)"} <= set(_texts(then))
    assert [one for one in _of_class(then, "then") if one.get("d", "").startswith("M")]


def test_a_single_line_is_named_by_the_widgets_title_alone() -> None:
    assert "count(*)" not in _texts(drawing(chart("line", f"{COUNT} TIMESERIES")))


def test_more_series_than_the_legend_has_room_for_are_counted() -> None:
    found = drawing(chart("line", f"{COUNT} FACET id TIMESERIES LIMIT 60", place=at(width=3)))
    assert any(re.fullmatch(r"\+ \d+ more", text) for text in _texts(found))
    assert len(found.table.columns) == 61


def test_stacked_areas_stand_on_each_other() -> None:
    found = drawing(chart("area", f"{COUNT} FACET name TIMESERIES 5 minutes"))
    areas = _of_class(found, "a")
    assert len(areas) == 3
    lowest = [max(map(float, re.findall(r" ([\d.]+)", one.get("d", "")))) for one in areas]
    assert lowest == sorted(lowest, reverse=True)


def test_an_area_is_open_where_no_series_has_a_value() -> None:
    (area,) = _of_class(drawing(chart("area", f"{MEAN} TIMESERIES 1 minute")), "a")[:1]
    areas = _of_class(drawing(chart("area", f"{MEAN} TIMESERIES 1 minute")), "a")
    assert len(areas) == 2
    assert area.get("d", "").endswith("Z")


def test_stacked_bars_add_up_to_the_whole() -> None:
    found = drawing(chart("stacked_bar", f"{COUNT} FACET name TIMESERIES 30 minutes"))
    bars = [one for one in _svg(found).iter("rect") if one.find("title") is not None]
    columns: dict[str, float] = {}
    for bar in bars:
        columns[bar.get("x", "")] = columns.get(bar.get("x", ""), 0) + float(bar.get("height", 0))
    first, second = columns.values()
    assert first / second == pytest.approx(90 / 45, rel=0.02)


def test_bars_are_as_long_as_their_values_and_those_without_room_are_counted() -> None:
    found = drawing(chart("bar", f"{COUNT} FACET name"))
    drawn_bars = [one for one in _svg(found).iter("rect") if one.find("title") is not None]
    lengths = [float(one.get("width", 0)) for one in drawn_bars]
    values = [float(row[1]) for row in found.table.rows]
    assert [length / lengths[0] for length in lengths] == pytest.approx([value / values[0] for value in values], 0.01)
    many = drawing(chart("bar", f"{COUNT} FACET id LIMIT 50"))
    assert any(re.fullmatch(r"\+ \d+ more", text) for text in _texts(many))
    assert len(many.table.rows) == 50


def test_a_pie_goes_once_round_and_lists_its_shares() -> None:
    found = drawing(chart("pie", f"{COUNT} FACET name"))
    assert len([one for one in _svg(found).iter("path")]) == 3
    shares = [float(row[2].removesuffix(" %")) for row in found.table.rows]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    assert "135" in _texts(found)
    whole = drawing(chart("pie", f"{COUNT} WHERE name = 'alpha' FACET name"))
    assert [row[2] for row in whole.table.rows] == ["100.0 %"]


@pytest.mark.parametrize(
    ("fields", "value", "colour"),
    [
        ({}, 5, None),
        ({"warning": 2, "critical": 5}, 1.9, "success"),
        ({"warning": 2, "critical": 5}, 2, "warning"),
        ({"warning": 2, "critical": 5}, 5, "critical"),
        ({"critical": 5}, 4, "success"),
        ({"warning": 0.9, "critical": 0.5}, 1, "success"),
        ({"warning": 0.9, "critical": 0.5}, 0.9, "warning"),
        ({"warning": 0.9, "critical": 0.5}, 0, "critical"),
    ],
)
def test_a_billboard_is_coloured_from_its_thresholds_on(fields: dict[str, Any], value: float, colour: str) -> None:
    assert severity(value, billboard(COUNT, **fields)) == colour


def test_a_billboard_shows_its_figure_its_unit_and_the_box_in_colour() -> None:
    found = drawing(billboard(MEAN, title="Mean (ms)", warning=100, critical=200))
    assert [one.get("class") for one in _svg(found).iter("rect")] == ["box-critical"]
    assert "ms" in "".join(_texts(found))


def test_a_billboard_that_compares_tells_the_change_and_has_no_thresholds() -> None:
    query = f"{COUNT} SINCE 30 minutes ago COMPARE WITH 1 hour ago"
    found = drawing(billboard(query, warning=1, critical=2))
    assert not list(_svg(found).iter("rect"))
    assert "▼ 50 %" in _texts(found)
    assert found.table.rows == (("count(*)", "45", "90"),)


def test_a_bullet_beyond_its_limit_is_red() -> None:
    assert len(_of_class(drawing(bullet(MEAN, 100)), "critical")) == 1
    below = drawing(bullet(MEAN, 5_000))
    assert len(_of_class(below, "critical")) == 0
    assert "Limit 5,000" in _texts(below)


def test_a_histogram_has_a_bar_for_each_bucket_with_values() -> None:
    found = drawing(chart("histogram", "FROM Request SELECT histogram(ms, 1000, 10)", title="Times (ms)"))
    counts = [int(row[1]) for row in found.table.rows]
    assert sum(counts) == 135
    assert found.table.rows[1][0] == "100 to 200 ms"
    assert len(list(_svg(found).iter("rect"))) == sum(count > 0 for count in counts)


def test_a_heat_map_has_a_cell_for_each_facet_and_bucket_darker_for_more() -> None:
    found = drawing(chart("heatmap", "FROM Request SELECT histogram(ms, 1000, 10) FACET name"))
    assert len(found.table.rows) == 3
    shades = {
        one.find("title").text.rsplit(": ")[-1]: float(one.get("fill-opacity", 0))  # type: ignore[union-attr]
        for one in _of_class(found, "cell")
        if one.find("title") is not None
    }
    counts = sorted(shades, key=int)
    assert [shades[one] for one in counts] == sorted(shades.values())
    assert shades[counts[-1]] == 1


def test_a_funnel_narrows_with_its_steps() -> None:
    query = "FROM Request SELECT funnel(id, WHERE ms > 0 AS 'All', WHERE ok AS 'Good', WHERE bought AS 'Bought')"
    found = drawing(chart("funnel", query))
    widths = [float(one.get("width", 0)) for one in _svg(found).iter("rect")]
    assert widths == sorted(widths, reverse=True)
    assert found.table.rows[0] == ("All", "135", "100 %")


def test_a_table_splits_percentiles_and_colours_cells_by_its_bands() -> None:
    query = "FROM Request SELECT count(*) AS 'Count', percentile(ms, 50, 95) FACET name"
    bands = (Band(severity="critical", above=40, column_name="Count"),)
    found = drawing(chart("table", query, bands=bands))
    assert found.table.columns == ("name", "Count", "ms (50 %)", "ms (95 %)")
    assert [found.table.colour(place, 1) for place in range(3)] == ["critical", None, None]
    assert found.table.numbers == {1, 2, 3}


def test_a_log_has_the_latest_line_first_with_its_time_and_level() -> None:
    found = drawing(chart("log_table", "FROM Log SELECT timestamp, level, message", place=at(width=8)))
    assert [row[1:] for row in found.table.rows] == [
        ("error", "<it broke> & stayed so"),
        ("warning", "it will break"),
    ]
    assert found.table.rows[0][0] == "2026-09-21 11:59"
    assert found.table.colour(0, 1) == "critical"


def test_rows_without_room_are_counted_in_the_picture_and_whole_in_the_table() -> None:
    found = drawing(chart("table", f"{COUNT} FACET id LIMIT 90"))
    assert any(re.fullmatch(r"\+ \d+ more", text) for text in _texts(found))
    assert len(found.table.rows) == 90


def test_markdown_is_wrapped_and_its_html_is_text() -> None:
    found = drawing(MarkdownWidget(text=TEXT, place=at(width=3)))
    joined = " ".join(_texts(found))
    assert "Fast burn" in joined
    assert "one <b>thing</b>" in joined
    cut = drawing(MarkdownWidget(text="word " * 700, place=at(width=2, height=1)))
    assert _texts(cut)[-1] == "…"


def test_no_data_is_said_as_new_relic_does_and_what_the_data_lacks_beside_it() -> None:
    nothing = drawing(chart("bar", f"{COUNT} WHERE name = 'nobody' FACET name"))
    assert (nothing.state, nothing.says) == ("empty", f"{NO_DATA}.")
    lacking = drawing(billboard("FROM Payment SELECT count(*)"))
    assert (lacking.state, lacking.says) == ("empty", f"{NO_DATA}. two hours has no Payment.")
    made_up = page_of(billboard("FROM Payment SELECT count(*)"), made_up=True).widgets[0].drawing
    assert made_up.says == f"{NO_DATA}. The made-up sample has no Payment."


@pytest.mark.parametrize(
    ("widget", "reason"),
    [
        (chart("line", COUNT), "A line chart needs TIMESERIES, which this query lacks."),
        (chart("bar", f"{COUNT} FACET name TIMESERIES"), "has TIMESERIES; New Relic offers none for it."),
        (billboard(f"{COUNT} TIMESERIES"), "A billboard shows single values"),
        (bullet(f"{COUNT} FACET name", 5), "A bullet chart shows a single value, and the query gives 3."),
        (chart("pie", "FROM Request SELECT min(0 - ms) FACET name"), "one of the values is below 0"),
        (chart("histogram", COUNT), "A histogram is drawn from histogram()"),
        (
            chart("histogram", "FROM Request SELECT histogram(ms, 100, 2) FACET name"),
            "A histogram shows one row of counts, and the query gives 3",
        ),
        (chart("heatmap", COUNT), "A heatmap is drawn from histogram()"),
        (chart("funnel", COUNT), "A funnel is drawn from SELECT funnel(...)"),
        (chart("table", f"{COUNT} FACET name", COUNT), "A table shows one query, and this widget has 2."),
        (chart("log_table", f"{COUNT} FACET name"), "A log shows events, and this query has FACET"),
        (chart("line", f"{COUNT} TIMESERIES PREDICT"), "Not evaluated offline: PREDICT is not evaluated"),
        (chart("line", "FROM Request SELECT count("), "The query cannot be read: line 1, column"),
    ],
)
def test_what_cannot_be_drawn_says_why_in_its_box(widget: Any, reason: str) -> None:
    found = drawing(widget)
    assert found.state == "refused"
    assert reason in found.says
    assert "Cannot be drawn" in _texts(found)


def test_a_query_that_several_widgets_ask_is_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def counting(*given: Any, **named: Any) -> Result:
        asked.append(given[0])
        return evaluate(*given, **named)

    monkeypatch.setattr("monitors.pictures.answers.evaluate", counting)
    page_of(billboard(COUNT, place=at(1, 1)), billboard(COUNT, place=at(1, 5)), billboard(MEAN, place=at(1, 9)))
    assert len(asked) == 2


def test_now_is_what_times_count_from() -> None:
    assert source().now_seconds == NOW
    found = drawing(billboard(f"{COUNT} SINCE 20 minutes ago"))
    assert found.table.rows == (("count(*)", "45"),)
