"""Text, figures and scales of pictures: nothing spills, nothing is unreadable, nothing is out of place."""

from __future__ import annotations

import math
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_cases import at, billboard, chart

from monitors.pictures.scales import Scale, time_marks, value_marks
from monitors.pictures.text import fitted, width, wrapped
from monitors.pictures.units import axis, exact, figure, unit_of
from monitors.spec import MarkdownWidget
from monitors.standalone import safe

FINITE = st.floats(-1e12, 1e12, allow_nan=False)
ANY = st.floats(allow_nan=False, allow_infinity=False)


@settings(deadline=None)  # other work on the machine is no fault of the code
@given(st.text(max_size=80), st.floats(10, 300), st.sampled_from([11, 12, 14]))
def test_a_fitted_text_takes_no_more_than_its_room(text: str, room: float, size: int) -> None:
    shown = fitted(text, room, size)
    assert shown == text or shown.endswith("…")
    assert width(shown, size) <= max(room, width("…", size))


@settings(deadline=None)
@given(st.text(alphabet="abc de", max_size=200), st.integers(1, 5))
def test_wrapped_text_keeps_its_words_or_says_that_some_are_left_out(text: str, most: int) -> None:
    lines = wrapped(text, 90, 12, most)
    assert len(lines) <= most
    joined = " ".join(lines)
    assert joined.split() == text.split() or "…" in joined


def test_text_is_escaped_and_rid_of_what_xml_cannot_hold() -> None:
    assert safe("a<b>&\"'\x00") == "a&lt;b&gt;&amp;&quot;&#x27;\ufffd"


@settings(deadline=None)
@given(FINITE, FINITE, st.integers(2, 9))
def test_the_marks_of_an_axis_embrace_its_values_and_are_no_more_than_asked_for(
    low: float, high: float, most: int
) -> None:
    low, high = min(low, high), max(low, high)
    marks = value_marks(low, high, most)
    assert 2 <= len(marks) <= most
    assert list(marks) == sorted(set(marks))
    slack = 1e-6 * max(abs(low), abs(high), 1e-290)
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack


@settings(deadline=None)
@given(FINITE, st.floats(0.001, 1e9), st.floats(-2, 3))
def test_a_scale_is_monotonic_and_stays_within_its_ends(low: float, length: float, share: float) -> None:
    scale = Scale(low, low + length, 10, 110)
    places = [scale.at(low + length * one) for one in (share, share + 0.1)]
    assert all(10 <= place <= 110 for place in places)
    assert places[0] <= places[1]
    assert Scale(low, low + length, 110, 10).at(low) == 110  # a value axis grows upwards


@pytest.mark.parametrize(
    ("hours", "first"),
    [(0.5, "20:00"), (1, "20:00"), (6, "20:00"), (24, "21:00"), (7 * 24, "25 Oct"), (28 * 24, "25 Oct")],
)
def test_moments_are_marked_at_round_times_on_local_clocks(hours: float, first: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    since = datetime(2026, 10, 24, 20, tzinfo=zone).timestamp()
    marks = time_marks(since, since + hours * 3600, 8, zone)
    assert marks[0][1] == first
    assert 2 <= len(marks) <= 9
    for moment, text in marks:
        local = datetime.fromtimestamp(moment, zone)
        assert text == (f"{local:%H:%M}" if ":" in text else f"{local.day} {local:%b}")


def test_the_hour_that_is_set_back_is_marked_twice_and_the_hour_that_is_left_out_never() -> None:
    zone = ZoneInfo("Europe/Berlin")
    autumn = datetime(2026, 10, 25, 0, tzinfo=zone).timestamp()
    assert [text for _, text in time_marks(autumn, autumn + 5 * 3600, 5, zone)] == [
        "25 Oct",
        "01:00",
        "02:00",
        "02:00",
        "03:00",
    ]
    spring = datetime(2026, 3, 29, 0, tzinfo=zone).timestamp()
    assert [text for _, text in time_marks(spring, spring + 4 * 3600, 5, zone)] == ["29 Mar", "01:00", "03:00", "04:00"]


@settings(deadline=None)
@given(st.floats(1.6e9, 1.9e9), st.floats(60, 1e8), st.sampled_from(["UTC", "America/New_York", "Australia/Lord_Howe"]))
def test_every_mark_of_time_is_within_the_time(since: float, length: float, name: str) -> None:
    marks = time_marks(since, since + length, 8, ZoneInfo(name))
    assert all(since <= moment < since + length for moment, _ in marks)
    assert [moment for moment, _ in marks] == sorted({moment for moment, _ in marks})


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "%", "0 %"),
        (49.533, "%", "49.5 %"),
        (0.01334, "USD", "0.0133 USD"),
        (30_000, "ms", "30,000 ms"),
        (2_500_000, "", "2.5 M"),
        (20_000, "bytes", "20 kB"),
        (1.5e9, "bytes/s", "1.5 GB/s"),
        (12, "bytes", "12 bytes"),
        (-257.2, "%", "-257 %"),
        (math.inf, "%", "no number"),
        (1.5e300, "bytes", "1.5e+300 bytes"),
    ],
)
def test_a_figure_has_three_digits_and_its_unit(value: float, unit: str, text: str) -> None:
    assert figure(value, unit) == text


@settings(deadline=None)
@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_figures_and_exact_values_are_near_the_value(value: float) -> None:
    assert float(exact(value).replace(",", "")) == pytest.approx(value, rel=1e-4, abs=1e-9)


@settings(deadline=None)
@given(ANY, ANY, st.sampled_from(["", "%", "bytes"]))
def test_figures_and_marks_of_any_size_stay_short(low: float, high: float, unit: str) -> None:
    marks = value_marks(min(low, high), max(low, high), 5)
    assert all(len(text) <= 32 for text in (*axis(marks, unit), figure(low, unit), exact(high, unit)))


def test_the_top_mark_of_an_axis_carries_the_unit_for_all() -> None:
    assert axis((0.0, 2.5, 5.0), "%") == ("0.0", "2.5", "5.0 %")
    assert axis((0.0, 20_000.0, 40_000.0), "ms") == ("0", "20k", "40k ms")
    assert axis((0.0, 10_000.0, 20_000.0), "bytes") == ("0", "10", "20 kB")


@pytest.mark.parametrize(
    ("title", "unit", "told"),
    [
        ("Errors (%)", None, "%"),
        ("Routing (ms of 100)", None, "ms"),
        ("Error rate over the last hour (%), fast burn", None, "%"),
        ("Available, 28 days", None, ""),
        ("Time", "MS", "ms"),
        ("Time", "COUNT", ""),
        ("Time", "furlongs", "furlongs"),
    ],
)
def test_the_unit_is_the_widgets_own_or_that_of_its_title(title: str, unit: str | None, told: str) -> None:
    assert unit_of(billboard("FROM A SELECT count(*)", title=title, unit=unit)).name == told
    assert unit_of(chart("line", "FROM A SELECT count(*) TIMESERIES", title=title, unit=unit)).name == told


def test_a_text_has_no_unit() -> None:
    assert unit_of(MarkdownWidget(text="x (%)", place=at())).name == ""
