"""Between which figures a query's value can lie, and what a threshold makes of it."""

from __future__ import annotations

import pytest
import spec_builders as build
from hypothesis import given
from hypothesis import strategies as st

from monitors.nrql import Query, parse
from monitors.rules.condition.ranges import ANY, Range, always_fires, breaches, can_fire, possible
from monitors.spec import Operator

INF = float("inf")
COUNT = "sum(`Custom/Skills/ExecutionCount`)"
BOUNDS = st.one_of(st.just(-INF), st.just(INF), st.integers(-50, 50).map(float))


def query(select: str, source: str = "Metric") -> Query:
    tree = parse(f"FROM {source} SELECT {select}")
    assert isinstance(tree, Query)
    return tree


@pytest.mark.parametrize(
    ("select", "least", "most"),
    [
        ("count(*)", 1, INF),
        ("filter(count(*), WHERE model = 'opus')", 0, INF),
        ("uniqueCount(model)", 1, INF),
        ("percentage(count(*), WHERE model = 'opus')", 0, 100),
        ("apdex(duration, t: 0.5)", 0, 1),
        ("max(`Custom/Service/Health`)", 0, 1),
        ("average(`Custom/Cost/SavingsPercent`)", -INF, 100),
        ("sum(`Custom/Skills/TokenSavings`)", -INF, INF),
        (COUNT, 0, INF),
        (f"filter({COUNT}, WHERE model = 'opus') / {COUNT} * 100", 0, 100),
        (f"filter({COUNT}, WHERE model = 'opus') / clamp_min({COUNT}, 20) * 100", 0, 100),
        (f"100 - filter({COUNT}, WHERE model = 'opus') / {COUNT} * 100", 0, 100),
        (f"filter({COUNT}, WHERE model = 'opus') / filter({COUNT}, WHERE model = 'haiku')", 0, INF),
        (f"{COUNT} / -2", -INF, 0),
        ("clamp_max(count(*), 10)", 1, 10),
        ("abs(latest(`Custom/Cost/SavingsPercent`))", 0, INF),
        ("-count(*)", -INF, -1),
        ("rate(count(*), 1 minute)", 0, INF),
        ("round(percentage(count(*), WHERE model = 'opus'))", 0, 100),
        ("average(duration)", 0, INF),
        ("average(whatever)", -INF, INF),
        ("count(*) - uniqueCount(model)", -INF, INF),
    ],
)
def test_a_range_follows_functions_arithmetic_and_the_catalogue(select: str, least: float, most: float) -> None:
    found = possible(query(select))
    assert (found.least, found.most) == (least, most)


def test_a_null_that_is_meant_as_zero_lets_a_count_begin_at_zero() -> None:
    assert possible(query("count(*)"), null_is_zero=True) == Range(0, INF, whole=True)


def test_several_results_can_be_anything() -> None:
    assert possible(query("count(*), percentage(count(*), WHERE model = 'opus')")) == ANY


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (Range(0, 1), "0 to 1"),
        (Range(0), "0 or more"),
        (Range(most=5), "5 or less"),
        (Range(3, 3), "always 3"),
        (ANY, "any number"),
    ],
)
def test_a_range_is_told_in_words(values: Range, words: str) -> None:
    assert str(values) == words


@given(bounds=st.tuples(BOUNDS, BOUNDS), operator=st.sampled_from(Operator), threshold=st.integers(-60, 60))
def test_a_threshold_fires_somewhere_in_a_range_or_never_and_everywhere_only_if_somewhere(
    bounds: tuple[float, float], operator: Operator, threshold: int
) -> None:
    least, most = min(bounds), max(bounds)
    if least == INF or most == -INF:
        return
    values, term = Range(least, most), build.threshold(operator=operator, value=float(threshold))
    tried = [
        value
        for value in (least, most, threshold, threshold - 0.5, threshold + 0.5)
        if least <= value <= most and abs(value) < INF
    ]
    assert can_fire(term, values) or not any(breaches(term, value) for value in tried)
    assert not always_fires(term, values) or all(breaches(term, value) for value in tried)
