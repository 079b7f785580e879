"""Which alerts were open together, held against a count second by second."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from monitors.backtest.overlaps import overlaps, union
from monitors.backtest.result import Overlap

TIMES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (float(pair[0]), float(sum(pair)))), max_size=6
)


def _seconds(times: list[tuple[float, float]]) -> set[int]:
    return {second for start, end in times for second in range(int(start), int(end))}


@given(st.dictionaries(st.sampled_from("abcd"), TIMES, max_size=4))
@settings(deadline=None)
def test_every_pair_is_together_for_as_many_seconds_as_both_are_open(
    times: dict[str, list[tuple[float, float]]],
) -> None:
    found = {(one.first, one.second): one.seconds for one in overlaps(times)}
    expected = {
        (first, second): float(len(both))
        for first in times
        for second in times
        if first < second and (both := _seconds(times[first]) & _seconds(times[second]))
    }
    assert found == expected


@given(TIMES)
@settings(deadline=None)
def test_a_union_covers_the_same_seconds_in_stretches_that_do_not_touch(times: list[tuple[float, float]]) -> None:
    merged = union(times)
    assert _seconds(merged) == _seconds(times)
    assert all(before[1] < after[0] for before, after in pairwise(merged))


def test_the_share_is_of_the_alert_that_was_open_for_less() -> None:
    found = overlaps({"long": [(0, 100)], "short": [(90, 110)], "apart": [(200, 300)]})
    assert found == (Overlap("long", "short", 1, 10, alike_percent=9.1, share_percent=50.0),)


def test_two_facets_of_one_alert_are_no_overlap_with_themselves_and_count_once() -> None:
    found = overlaps({"faceted": [(0, 10), (5, 20)], "other": [(0, 20)]})
    assert found == (Overlap("faceted", "other", 1, 20, alike_percent=100.0, share_percent=100.0),)


def test_a_pair_that_is_always_together_comes_before_a_long_incident_that_covers_everything() -> None:
    found = overlaps({"long": [(0, 10_000)], "a": [(50, 100)], "b": [(50, 110)]})
    assert [(one.first, one.second) for one in found] == [("a", "b"), ("b", "long"), ("a", "long")]


def test_an_alert_that_opens_as_another_closes_is_not_together_with_it() -> None:
    assert overlaps({"a": [(0, 10)], "b": [(10, 20)]}) == ()
