"""What the parts of a condition demand of an attribute, and which of them no value meets together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.nrql import Query, parse
from monitors.rules.constraints import Demand, clash, conjuncts, demand

VALUES = range(-1, 5)
PARTS = st.one_of(
    st.tuples(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.integers(0, 3)).map(
        lambda one: f"a {one[0]} {one[1]}"
    ),
    st.tuples(st.sampled_from(["IN", "NOT IN"]), st.sets(st.integers(0, 3), min_size=1)).map(
        lambda one: f"a {one[0]} ({', '.join(map(str, sorted(one[1])))})"
    ),
)


def demands(condition: str) -> list[Demand]:
    tree = parse(f"FROM A SELECT count(*) WHERE {condition}")
    assert isinstance(tree, Query)
    assert tree.where is not None
    return [found for part in conjuncts(tree.where) if (found := demand(part)) is not None]


@pytest.mark.parametrize(
    "condition",
    [
        "a = 'x' AND a = 'y'",
        "a = 'x' AND a != 'x'",
        "a IN ('x', 'y') AND a NOT IN ('x', 'y', 'z')",
        "a > 5 AND a < 5",
        "a >= 5 AND a < 5",
        "5 < a AND a <= 5",
        "a = 3 AND a > 3",
        "a IS NULL AND a = 1",
        "a IS NULL AND a IS NOT NULL",
        "a IS TRUE AND a IS FALSE",
        "a IN (1, 2, 3) AND a IN (1, 2) AND a IN (3, 4)",
    ],
)
def test_two_demands_that_no_value_meets_are_found(condition: str) -> None:
    assert clash(demands(condition)) is not None


@pytest.mark.parametrize(
    "condition",
    [
        "a = 'x' AND a != 'y'",
        "a >= 5 AND a <= 5",
        "a > 1 AND a > 2 AND a < 3",
        "a != 'x' AND a IS NULL",
        "a IN ('x', 'y') AND a NOT IN ('x')",
        "a = b AND a != 1",
        "a LIKE '%x%' AND a = 'y'",
    ],
)
def test_demands_that_can_be_met_are_let_be(condition: str) -> None:
    assert clash(demands(condition)) is None


@given(parts=st.lists(PARTS, min_size=1, max_size=5))
def test_demands_that_clash_are_met_by_no_value(parts: list[str]) -> None:
    found = demands(" AND ".join(parts))
    pair = clash(found)
    if pair is not None:
        halves = [value / 2 for value in range(2 * VALUES.start, 2 * VALUES.stop)]
        assert not any(pair[0].takes(value) and pair[1].takes(value) for value in halves)


def test_thousands_of_demands_take_no_time_to_speak_of() -> None:
    parts = " AND ".join(f"a != {number}" for number in range(3_000))
    assert clash(demands(f"{parts} AND a = 2_999".replace("_", ""))) is not None
