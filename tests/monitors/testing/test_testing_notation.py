"""The notation of values: what is written expands to points, what cannot be read is told with carets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.testing.expansion import MOST_POINTS, Tick, expand
from monitors.testing.notation import (
    Constant,
    Group,
    Lasting,
    Noise,
    Ramp,
    Segment,
    Shape,
    Silence,
    Times,
    Values,
    compact,
    values_text,
)
from monitors.testing.notation_parser import NotationError, parse_values

numbers = st.one_of(
    st.integers(-(10**9), 10**9).map(float), st.floats(allow_nan=False, allow_infinity=False).map(lambda one: one + 0.0)
)
extents = st.one_of(
    st.integers(1, 50).map(Times), st.integers(1, 60).map(lambda minutes: Lasting(60 * minutes)), st.none()
)
lateness = st.sampled_from((0, 0, 1, 90, 86_400))


def ramps(by: float | None) -> Ramp:
    return Ramp(0.0, 60.0, by)


leaves = st.one_of(
    numbers.map(Constant),
    st.just(Silence()),
    st.builds(Noise, numbers, numbers.map(abs), st.integers(0, 999_999)),
)
plain_segments = st.builds(Segment, leaves, extents, lateness)
ramp_segments = st.builds(
    Segment,
    st.sampled_from((None, 20.0)).map(ramps),
    st.sampled_from((Times(4), Times(8), Lasting(240))),
    lateness,
)


def groups(parts: st.SearchStrategy[Values]) -> st.SearchStrategy[Values]:
    grouped = st.builds(Segment, parts.map(Group), st.integers(1, 3).map(Times), lateness)
    return st.lists(st.one_of(plain_segments, ramp_segments, grouped), min_size=1, max_size=4).map(tuple)


values = st.recursive(
    st.lists(st.one_of(plain_segments, ramp_segments), min_size=1, max_size=4).map(tuple), groups, max_leaves=6
)


def expanded(text: str, every_seconds: int = 60) -> list[float | None]:
    return [tick.value for tick in expand(parse_values(text), every_seconds)]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("300", [300]),
        ("-0.5", [-0.5]),
        ("300 x 3", [300, 300, 300]),
        ("300x3", [300, 300, 300]),
        ("300 for 3m", [300, 300, 300]),
        ("_ for 2m, 1, _", [None, None, 1, None]),
        ("0..90 for 4m", [0, 30, 60, 90]),
        ("9..0 x 4", [9, 6, 3, 0]),
        ("0..20 by 10 x 6", [0, 0, 10, 10, 20, 20]),
        ("0.3..0.1 by -0.1 x 3", [0.3, 0.2, 0.1]),
        ("(0 x 2, 40) x 2", [0, 0, 40, 0, 0, 40]),
        ("(0, 40) for 6m", [0, 40, 0, 40, 0, 40]),
        ("((1, 2) x 2, 3) x 2", [1, 2, 1, 2, 3, 1, 2, 1, 2, 3]),
    ],
)
def test_what_is_written_expands_to_these_points(text: str, points: list[float | None]) -> None:
    assert expanded(text) == points


def test_a_late_point_keeps_its_tick_and_says_how_late_it_arrives() -> None:
    ticks = expand(parse_values("1, 2 late 5m, (3 late 1m) late 1m"), 60)
    assert ticks == (Tick(1), Tick(2, 300), Tick(3, 120))


def test_noise_stays_within_its_spread_and_has_no_more_decimals_than_it_is_written_with() -> None:
    drawn = [value for value in expanded("300~20 seed 7 x 200") if value is not None]
    assert min(drawn) >= 280
    assert max(drawn) <= 320
    assert len(set(drawn)) > 20
    assert all(value.is_integer() for value in drawn)
    assert all(round(value, 2) == value for value in expanded("0.5~0.01 seed 1 x 50") if value is not None)


def test_noise_of_a_seed_is_the_same_for_ever() -> None:
    assert expanded("300~20 seed 7 x 5") == [293, 286, 306, 283, 301]


def test_another_seed_draws_other_noise() -> None:
    assert expanded("300~20 seed 7 x 50") != expanded("300~20 seed 8 x 50")


@given(values)
def test_printing_and_reading_gives_the_same_values(written: Values) -> None:
    assert parse_values(values_text(written)) == written


@given(values)
def test_what_is_read_back_expands_to_the_same_points(written: Values) -> None:
    try:
        points = expand(written, 60)
    except ValueError:
        return
    assert expand(parse_values(values_text(written)), 60) == points


@given(st.lists(st.tuples(st.one_of(st.none(), st.sampled_from((0.0, 1.0, 2.5))), st.sampled_from((0, 30)))))
def test_points_made_compact_expand_to_the_same_points(points: list[tuple[float | None, int]]) -> None:
    if points:
        again = expand(parse_values(values_text(compact(points))), 60)
        assert [(tick.value, tick.late_seconds) for tick in again] == points


@given(st.text(alphabet="0123456789.,()_~xforlatebysdm -+e", max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    fault = None
    try:
        parse_values(text)
    except NotationError as error:
        fault = error
    assert fault is None or (0 <= fault.start <= len(text) and "^" in str(fault))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "300 for 5x",
            "how long, such as 5m30s is needed where '5' stands\n    300 for 5x\n            ^",
        ),
        ("300 400", "a comma is missing before this\n    300 400\n        ^^^"),
        ("0..90", "a ramp needs to know how long: write `for 5m` or `x 10` after it\n    0..90\n    ^"),
        ("(1, 2", "a ) is missing here\n    (1, 2\n         ^"),
        ("1, 2)", "there is no ( for this )\n    1, 2)\n        ^"),
        ("1 x 0", "no points at all; leave the segment out, or write `_` for silence\n    1 x 0\n        ^"),
        ("", "a number, _ for silence, or ( for a group is needed where the text ends\n    \n    ^"),
        (
            "5~1",
            "noise needs a seed, so that every run draws the same: write `seed 1` after it\n    5~1\n       ^",
        ),
        ("0+10x5", "promtool's 0+10x5 is a ramp here, with both its ends: 0..50 x 6\n    0+10x5\n     ^"),
        ("3 & 4", "'&' means nothing here\n    3 & 4\n      ^"),
        ("1 for 400d", "'400d' is more than a year; a case lasts a year at most\n    1 for 400d\n          ^^^^"),
        ("9..0 by 3 x 4", "steps of this height never reach the last value\n    9..0 by 3 x 4\n            ^"),
        ("((((((((((1))))))))))", "parentheses go 8 deep at most\n    ((((((((((1))))))))))\n             ^"),
    ],
)
def test_what_cannot_be_read_is_told_with_carets(text: str, told: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_values(text)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 for 50s", "`1 for 50s`: 50s holds no whole number of points of 20s; 40s or 1m would"),
        ("(1, 2) for 1m", "`(1, 2) for 1m`: 1m holds no whole number of repeats of 40s; 40s or 1m20s would"),
        ("0..9 x 1", "`0..9 x 1`: a ramp of one point has no second end; give it two points or more"),
        ("0..9 by 2 x 5", "`0..9 by 2 x 5`: steps of 2 do not end at the last value"),
        ("0..9 by 3 x 5", "`0..9 by 3 x 5`: 5 points cannot be shared by 4 steps; 8 points can"),
        (
            "(1 x 1000) x 300",
            "`(1 x 1000) x 300` brings the series beyond 200,000 points; shorten it, or emit less often",
        ),
    ],
)
def test_points_that_do_not_come_out_are_told_with_what_would(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"^`") as caught:
        expanded(text, every_seconds=20)
    assert str(caught.value) == told


def test_no_more_points_than_a_case_can_need_are_made() -> None:
    with pytest.raises(ValueError, match="beyond 200,000 points"):
        expanded("((((1 x 999999999) x 999999999) x 999999999) x 999999999)")
    assert len(expanded(f"1 x {MOST_POINTS}")) == MOST_POINTS


def test_every_shape_of_the_notation_is_among_the_generated_ones() -> None:
    assert set(Shape.__args__) == {Constant, Silence, Ramp, Noise, Group}
