"""Units and bounds of a query's values follow its arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors.catalog import stack
from monitors.rules.quantities import OF_UNIT, Measure, Quantity, selected
from monitors.rules.reading import scopes
from monitors.rules.review import Review, read_query
from monitors.rules.subjects import Subject

ALL = "sum(`Custom/Service/RequestCount`)"
SHARE = f"filter({ALL}, WHERE outcome != 'success') / {ALL}"
FLOORED = f"filter({ALL}, WHERE outcome != 'success') / clamp_min({ALL}, 20)"
WAIT = "average(`Custom/Service/ResponseTime`)"


def of(select: str, source: str = "Metric") -> Quantity:
    query = f"FROM {source} SELECT {select}"
    read = read_query(Subject("query", "query/it", None, query), "query", query, "widget")
    ((_, found),) = selected(scopes(read)[0])
    return found


@pytest.mark.parametrize(
    ("select", "measure"),
    [
        (SHARE, Measure.RATIO),
        (f"{SHARE} * 100", Measure.PERCENT),
        (f"100 * {SHARE}", Measure.PERCENT),
        (f"100 - {SHARE} * 100", Measure.PERCENT),
        (f"{SHARE} * 100 / 100", Measure.RATIO),
        (f"round({FLOORED} * 100)", Measure.PERCENT),
        (WAIT, Measure.MILLISECONDS),
        (f"{WAIT} / 1000", Measure.SECONDS),
        (f"{WAIT} / 86400000", Measure.DAYS),
        (f"{WAIT} * 3", None),
        (f"-{WAIT}", Measure.MILLISECONDS),
        ("sum(`Custom/Cost/RequestCost`) / sum(`Custom/Service/RequestCount`)", Measure.USD),
        ("sum(`Custom/Cost/RequestCost`) / sum(`Custom/Cost/TokensUsed`)", None),
        ("max(`Custom/Telemetry/SpoolSize`) / 1048576", Measure.MEGABYTES),
        ("rate(sum(`Custom/Skills/ExecutionCount`), 1 minute)", Measure.ONE),
    ],
)
def test_a_unit_follows_the_arithmetic(select: str, measure: Measure | None) -> None:
    assert of(select).measure is measure


@pytest.mark.parametrize(
    ("select", "bounds"),
    [
        (SHARE, (0, 1)),
        (f"{FLOORED} * 100", (0, 100)),
        (f"100 - {FLOORED} * 100", (0, 100)),
        (f"({SHARE}) - ({SHARE})", (-1, 1)),
        (ALL, (0, None)),
        (f"clamp_max({ALL}, 5)", (0, 5)),
        ("average(`Custom/Cost/SavingsPercent`)", (None, 100)),
    ],
)
def test_bounds_follow_the_arithmetic(select: str, bounds: tuple[float | None, float | None]) -> None:
    found = of(select)
    assert (found.least, found.most) == bounds


def test_percentages_and_counts_of_events_have_bounds() -> None:
    percent = of("percentage(count(*), WHERE success IS FALSE)", "SkillExecution")
    assert (percent.measure, percent.least, percent.most) == (Measure.PERCENT, 0, 100)
    assert of("uniqueCount(model)", "SkillExecution").least == 0


def test_an_attribute_has_the_unit_of_what_carries_it() -> None:
    assert of("average(executionTime)", "SkillExecution").measure is Measure.MILLISECONDS
    assert of("average(duration)", "Transaction").measure is Measure.SECONDS
    assert of("average(duration)", "SyntheticCheck").measure is Measure.MILLISECONDS
    assert of("latest(model)", "SkillExecution").measure is None


def test_what_does_not_go_together_is_named_however_deep_it_stands() -> None:
    assert of(f"round((100 - {SHARE}) * 2) / 3").mixed == (Measure.PERCENT, Measure.RATIO)


def test_every_condition_of_the_catalogue_has_the_unit_that_its_query_gives() -> None:
    for condition in Review(stack("prod")).conditions:
        ((_, found),) = selected(scopes(condition.query)[0])
        assert found.measure is OF_UNIT[condition.spec.unit], condition.spec.key
        assert found.mixed is None


_NUMBERS = st.integers(-1000, 1000).map(str)
_TERMS = st.recursive(
    st.one_of(_NUMBERS, st.sampled_from([ALL, SHARE, WAIT, "sum(`Custom/Cost/RequestCost`)", "count(*)"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
        inner.map(lambda term: f"abs({term})"),
    ),
    max_leaves=6,
)


@given(_TERMS)
def test_whatever_is_written_has_bounds_in_order_and_never_breaks_the_reading(select: str) -> None:
    found = of(select)
    if found.least is not None and found.most is not None:
        assert found.least <= found.most
