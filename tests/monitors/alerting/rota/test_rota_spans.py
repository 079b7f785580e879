"""Spans: as sets of whole minutes are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitors.alerting.rota.spans import Span, at_least, common, difference, total, union, without

ZERO = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pairs = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)
anyhow = st.lists(pairs.map(lambda pair: (ZERO + pair[0] * MINUTE, ZERO + pair[1] * MINUTE)), max_size=6)
apart = anyhow.map(union)


def minutes(spans: list[Span]) -> set[int]:
    return {minute for minute in range(31) if any(start <= ZERO + minute * MINUTE < end for start, end in spans)}


def assert_apart(spans: list[Span]) -> None:
    flat = [edge for span in spans for edge in span]
    assert all(before < after for before, after in pairwise(flat))


@given(spans=anyhow)
def test_a_union_covers_the_same_in_spans_that_do_not_touch(spans: list[Span]) -> None:
    found = union(spans)
    assert minutes(found) == minutes(spans)
    assert_apart(found)
    assert total(found) == len(minutes(spans)) * MINUTE


@given(one=apart, other=apart)
def test_what_is_common_and_what_differs(one: list[Span], other: list[Span]) -> None:
    assert minutes(common(one, other)) == minutes(one) & minutes(other)
    assert common(one, other) == common(other, one)
    assert minutes(difference(one, other)) == minutes(one) - minutes(other)
    for found in (common(one, other), difference(one, other)):
        assert_apart(union(found))
        assert total(found) == len(minutes(found)) * MINUTE


@given(spans=anyhow)
def test_what_is_left_of_a_time(spans: list[Span]) -> None:
    left = without(ZERO + 5 * MINUTE, ZERO + 20 * MINUTE, spans)
    assert minutes(left) == set(range(5, 20)) - minutes(spans)


@given(sets=st.lists(apart, max_size=4), count=st.integers(1, 3))
def test_what_so_many_cover(sets: list[list[Span]], count: int) -> None:
    found = at_least(count, sets)
    assert minutes(found) == {one for one in range(31) if sum(one in minutes(spans) for spans in sets) >= count}
    assert_apart(found)
