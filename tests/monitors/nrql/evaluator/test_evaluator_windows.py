"""Windows of a signal: equal to plain Python over the rows of each window, however they overlap."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from evaluator_reference import ASKED, Asked, windows
from hypothesis import given, settings
from hypothesis import strategies as st

from monitors.nrql import parse
from monitors.nrql.evaluator import Data, SignalQuery, SignalWindows, evaluate
from monitors.nrql.tree import Query

VALUES = st.one_of(
    st.none(),
    st.floats(-5, 5).map(lambda one: round(one, 3)),
    st.integers(-3, 3),
    st.sampled_from(["x", "1", True, False]),
)
TIMES = st.one_of(st.integers(-200, 400), st.floats(-200, 400).map(lambda one: round(one, 3)))
ROWS = st.lists(
    st.fixed_dictionaries({"timestamp": TIMES, "v": VALUES, "state": st.sampled_from(["good", "bad", None])}),
    max_size=25,
)
LENGTHS = st.sampled_from([(60, 60), (60, 30), (120, 30), (90, 30), (300, 60)])


def signal(asked: Asked) -> SignalQuery:
    text, _, facet = asked.query.partition(" FACET ")
    tree = parse(f"FROM Event {text}{f' FACET {facet}' if facet else ''}")
    assert isinstance(tree, Query)
    return SignalQuery(tree)


def recorded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "eventType": "Event", "at": at} for at, row in enumerate(rows)]


def flat(found: SignalWindows) -> dict[tuple[tuple[str, ...], int], float | None]:
    return {
        (facet, int(found.ends[place])): None if np.isnan(found.values[place]) else float(found.values[place])
        for number, facet in enumerate(found.facets)
        for place in range(found.offsets[number], found.offsets[number + 1])
    }


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.query)
@settings(max_examples=15, deadline=None)
@given(rows=ROWS, lengths=LENGTHS)
def test_windows_equal_plain_python_over_their_rows(
    asked: Asked, rows: list[dict[str, Any]], lengths: tuple[int, int]
) -> None:
    length, slide = lengths
    kept = recorded(rows)
    data = Data.of_rows([{name: value for name, value in row.items() if value is not None} for row in kept])
    found = signal(asked).windows(data, window_seconds=length, slide_seconds=slide)
    expected = windows(asked, kept, length, slide)
    assert flat(found).keys() == expected.keys()
    for key, value in flat(found).items():
        assert value == (None if expected[key] is None else pytest.approx(expected[key], rel=1e-9, abs=1e-9)), key


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, asked=st.sampled_from([one for one in ASKED if one.facet or "WHERE" not in one.query]))
def test_a_dashboard_shows_the_same_values_over_time_as_a_condition_judges(
    rows: list[dict[str, Any]], asked: Asked
) -> None:
    data = Data.of_rows(recorded(rows))
    shown = evaluate(f"FROM Event {asked.query} SINCE 15 minutes ago TIMESERIES 1 minute", data, now_seconds=480)
    judged = flat(signal(asked).windows(data, window_seconds=60))
    for line in shown.rows:
        key = (line.facet, int(line.end))
        if key in judged:
            value = (
                None if isinstance(line.values[0], str | bool) else line.values[0]
            )  # a condition takes numbers alone
            assert value == (None if judged[key] is None else pytest.approx(judged[key])), key
    ranked = {line.facet for line in shown.rows}
    assert {key for key in judged if key[0] in ranked} <= {(line.facet, int(line.end)) for line in shown.rows}


@settings(max_examples=15, deadline=None)
@given(rows=ROWS)
def test_windows_come_by_facet_and_by_end_and_points_by_time(rows: list[dict[str, Any]]) -> None:
    data = Data.of_rows(recorded(rows))
    found = signal(Asked("SELECT count(*) FACET state", lambda _: None)).windows(
        data, window_seconds=60, slide_seconds=30
    )
    assert list(found.facets) == sorted(found.facets)
    for number in range(len(found.facets)):
        ends = found.ends[found.offsets[number] : found.offsets[number + 1]]
        times = found.point_times[found.point_offsets[number] : found.point_offsets[number + 1]]
        assert (np.diff(ends) > 0).all()
        assert (np.diff(times) >= 0).all()
        assert len(ends) >= 1
    assert len(found.point_times) == sum(row["state"] is not None for row in rows)


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, seed=st.integers(0, 100))
def test_a_group_of_points_has_the_value_of_its_rows_and_a_row_may_be_in_many(
    rows: list[dict[str, Any]], seed: int
) -> None:
    kept = recorded(rows)
    data = Data.of_rows(kept)
    random = np.random.default_rng(seed)
    for asked in (ASKED[3], ASKED[6], ASKED[11], ASKED[14]):
        query = signal(asked)
        points = query.points(data)
        assert points.rows.tolist() == list(range(len(kept)))
        groups, members = random.integers(0, 6, 40), random.integers(0, max(len(kept), 1), 40)
        if not kept:
            continue
        values = query.aggregate(data, groups, members)
        assert len(values) == groups.max() + 1
        for group in range(groups.max() + 1):
            inside = [kept[row] for row in members[groups == group]]
            expected = asked.value(inside) if inside else None
            assert values[group] == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_a_query_over_nothing_has_no_window() -> None:
    found = signal(ASKED[3]).windows(Data.of_rows([]), window_seconds=60)
    assert (found.facets, found.offsets.tolist(), len(found.ends), len(found.values)) == (((),), [0, 0], 0, 0)


def test_far_apart_points_take_no_memory_for_what_lies_between() -> None:
    rows = recorded([{"timestamp": at, "v": 1.0, "state": "good"} for at in (0, 1_800_000_000)])
    found = signal(ASKED[3]).windows(Data.of_rows(rows), window_seconds=300, slide_seconds=30)
    assert len(found.ends) == 20


def test_a_slide_that_does_not_divide_the_window_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^slide_seconds 25 has to divide window_seconds 60$"):
        signal(ASKED[0]).windows(Data.of_rows([]), window_seconds=60, slide_seconds=25)


def test_rate_needs_the_length_of_the_window() -> None:
    query = signal(Asked("SELECT rate(count(*), 1 minute)", lambda _: None))
    data = Data.of_rows(recorded([{"timestamp": at, "v": 1, "state": "good"} for at in (0, 10, 20, 130)]))
    found = query.windows(data, window_seconds=120)
    assert flat(found) == {((), 120): 1.5, ((), 240): 0.5}
    groups, rows = np.zeros(4, np.int64), np.arange(4)
    assert query.aggregate(data, groups, rows, window_seconds=240).tolist() == [1.0]
    with pytest.raises(ValueError, match=r"^rate\(\) needs the length of the window; give window_seconds$"):
        query.aggregate(data, groups, rows)
