"""The metric catalogue: the names the product promises, within New Relic's limits, on the standard library alone."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import sys

import pytest

from service import metrics
from service.metrics import COMMON, EVENTS, LOG_ATTRIBUTES, METRICS, Attribute, Event, Kind, Metric, Type, Unit

# https://docs.newrelic.com/docs/data-apis/ingest-apis/metric-api/metric-api-limits-restricted-attributes/
METRIC_ATTRIBUTES, NAME_CHARACTERS = 100, 255
# https://docs.newrelic.com/docs/data-apis/custom-data/custom-events/data-requirements-limits-custom-event-data/
EVENT_ATTRIBUTES = 254
EVENT_TYPES_A_DAY = 250
# Names that New Relic sets itself on metrics and events; an attribute of ours would be overwritten or refused.
RESERVED = {"accountId", "appId", "eventType", "metricName", "newrelic", "timestamp", "interval.ms", "type"}
# Words of NRQL that would need back quotes in every query.
NRQL_WORDS = """
    ago and as auto begin begintime compare day days desc asc end endtime explain extrapolate facet false from
    hour hours in is join like limit max minute minutes month months not null offset on or order predict raw rlike
    second seconds select since slide timeseries timezone true until week weeks where with
"""

ALL_METRICS = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
ALL_EVENTS = pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
PROMISED = [
    ("Custom/Skills/ExecutionCount", Kind.COUNT, Unit.ONE),
    ("Custom/Skills/ExecutionTime", Kind.DISTRIBUTION, Unit.MILLISECONDS),
    ("Custom/Skills/TokenSavings", Kind.DISTRIBUTION, Unit.TOKENS),
    ("Custom/Skills/SuccessRate", Kind.DISTRIBUTION, Unit.PERCENT),
    ("Custom/Skills/ErrorRate", Kind.DISTRIBUTION, Unit.PERCENT),
    ("Custom/Cost/TotalDailyCost", Kind.GAUGE, Unit.USD),
    ("Custom/Cost/SavingsPercent", Kind.DISTRIBUTION, Unit.PERCENT),
    ("Custom/Cost/TokensUsed", Kind.COUNT, Unit.TOKENS),
]


def every_attribute() -> list[Attribute]:
    of_metrics = [attribute for metric in METRICS.values() for attribute in metric.attributes]
    of_events = [attribute for event in EVENTS.values() for attribute in event.attributes]
    return [*COMMON, *of_metrics, *of_events, *LOG_ATTRIBUTES]


@pytest.mark.parametrize(("name", "kind", "unit"), PROMISED, ids=[name for name, _, _ in PROMISED])
def test_a_promised_metric_is_there_with_its_kind_and_unit(name: str, kind: Kind, unit: Unit) -> None:
    assert (METRICS[name].kind, METRICS[name].unit) == (kind, unit)


@pytest.mark.parametrize(
    ("name", "kind", "unit"),
    [
        ("skillId", Type.TEXT, None),
        ("model", Type.TEXT, None),
        ("executionTime", Type.NUMBER, Unit.MILLISECONDS),
        ("tokenSavings", Type.NUMBER, Unit.TOKENS),
        ("cost", Type.NUMBER, Unit.USD),
        ("savingsPercent", Type.NUMBER, Unit.PERCENT),
        ("success", Type.BOOLEAN, None),
    ],
)
def test_the_execution_event_has_the_promised_attribute(name: str, kind: Type, unit: Unit | None) -> None:
    found = {attribute.name: attribute for attribute in EVENTS["SkillExecution"].attributes}[name]
    assert (found.type, found.unit) == (kind, unit)


@pytest.mark.parametrize("name", ["executionId", "traceId", "variant", "fallback", "cacheHit", "outcome"])
def test_the_execution_event_can_be_told_apart_traced_and_divided(name: str) -> None:
    assert name in {attribute.name for attribute in EVENTS["SkillExecution"].attributes}


def test_every_metric_and_event_that_is_defined_is_in_the_catalogue_once() -> None:
    defined = [one for one in vars(metrics).values() if isinstance(one, Metric | Event)]
    names = [one.name for one in defined]
    assert sorted(names) == sorted([*METRICS, *EVENTS])


def test_the_catalogue_finds_each_by_its_own_name() -> None:
    assert [metric.name for metric in METRICS.values()] == list(METRICS)
    assert [event.name for event in EVENTS.values()] == list(EVENTS)


def test_the_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        METRICS["Custom/X"] = METRICS["Custom/Cost/TokensUsed"]  # type: ignore[index]  # the point of the test
    with pytest.raises(dataclasses.FrozenInstanceError):
        METRICS["Custom/Cost/TokensUsed"].name = "Custom/X"  # type: ignore[misc]  # the point of the test


@ALL_METRICS
def test_a_metrics_name_is_custom_subject_and_figure_within_new_relics_length(metric: Metric) -> None:
    assert re.fullmatch(r"Custom/[A-Z][A-Za-z]+/[A-Z][A-Za-z]+", metric.name)
    assert len(metric.name) <= NAME_CHARACTERS


@ALL_EVENTS
def test_an_events_name_is_one_that_new_relic_takes(event: Event) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9:_ ]+", event.name)
    assert len(event.name) <= NAME_CHARACTERS


def test_there_are_fewer_event_types_than_an_account_may_send_in_a_day() -> None:
    assert len(EVENTS) <= EVENT_TYPES_A_DAY


@pytest.mark.parametrize(
    ("one", "most"),
    [
        *((metric, METRIC_ATTRIBUTES) for metric in METRICS.values()),
        *((event, EVENT_ATTRIBUTES) for event in EVENTS.values()),
    ],
    ids=[*METRICS, *EVENTS],
)
def test_attributes_differ_in_name_and_are_no_more_than_new_relic_takes(one: Metric | Event, most: int) -> None:
    names = [attribute.name for attribute in (*COMMON, *one.attributes)]
    assert len(names) == len(set(names))
    assert len(names) <= most


def test_no_metric_is_named_like_an_attribute_since_new_relic_would_drop_one_of_them() -> None:
    assert set(METRICS) & {attribute.name for attribute in every_attribute()} == set()


def test_no_attribute_has_a_name_that_new_relic_uses_itself() -> None:
    assert RESERVED & {attribute.name for attribute in every_attribute()} == set()


def test_no_attribute_is_a_word_of_nrql_since_queries_would_need_back_quotes() -> None:
    assert set(NRQL_WORDS.split()) & {attribute.name.lower() for attribute in every_attribute()} == set()


def test_an_attributes_name_is_camel_case_or_new_relics_dotted_form_within_its_length() -> None:
    names = {attribute.name for attribute in every_attribute()}
    assert [name for name in names if not re.fullmatch(r"[a-z][A-Za-z]*(\.[a-z]+)?", name)] == []
    assert max(map(len, names)) <= NAME_CHARACTERS


def test_an_attribute_of_one_name_has_one_type_and_unit_wherever_it_is_carried() -> None:
    kinds: dict[str, set[tuple[Type, Unit | None]]] = {}
    for attribute in every_attribute():
        kinds.setdefault(attribute.name, set()).add((attribute.type, attribute.unit))
    assert {name for name, found in kinds.items() if len(found) > 1} == set()


def test_an_attribute_has_a_unit_exactly_when_it_is_a_number() -> None:
    assert [one.name for one in every_attribute() if (one.type is Type.NUMBER) != (one.unit is not None)] == []


def test_a_closed_set_of_values_holds_each_once_and_none_is_empty() -> None:
    for attribute in every_attribute():
        assert len(set(attribute.values)) == len(attribute.values)
        assert all(attribute.values)


@ALL_METRICS
def test_a_metrics_meaning_is_a_sentence(metric: Metric) -> None:
    assert re.fullmatch(r"[A-Z0-9].{10,}\.", metric.meaning)


def test_every_attributes_meaning_is_a_sentence() -> None:
    assert [one.name for one in every_attribute() if not re.fullmatch(r"[A-Z0-9].+\.", one.meaning)] == []


@ALL_METRICS
def test_a_count_is_named_for_what_it_counts(metric: Metric) -> None:
    if metric.kind is Kind.COUNT:
        assert metric.unit in (Unit.ONE, Unit.TOKENS)
        assert metric.name.endswith(("Count", "Tokens", "Used"))


@ALL_METRICS
def test_what_is_called_a_rate_or_a_percentage_is_measured_in_percent(metric: Metric) -> None:
    if re.search(r"(Rate|Percent|Percentage)$", metric.name):
        assert metric.unit is Unit.PERCENT


@pytest.mark.parametrize("name", [name for name, one in METRICS.items() if name.endswith("Rate")])
def test_a_rate_is_a_distribution_since_an_average_of_averages_would_be_wrong(name: str) -> None:
    assert METRICS[name].kind is Kind.DISTRIBUTION


def test_what_divides_the_rollout_is_on_everything_that_the_canary_is_judged_by() -> None:
    judged = [metrics.ERROR_RATE, metrics.EXECUTION_TIME, metrics.REQUEST_COST, metrics.SKILL_CACHE_LOOKUPS]
    assert all(metrics.VARIANT in metric.attributes for metric in [*judged, metrics.SATISFACTION])


def test_the_metric_values_of_an_execution_are_in_its_event_under_the_same_unit() -> None:
    """The metrics of an execution are derived from its event, so the event has to hold what they need."""
    units = {attribute.name: attribute.unit for attribute in metrics.SKILL_EXECUTION.attributes}
    assert units["executionTime"] is metrics.EXECUTION_TIME.unit
    assert units["tokenSavings"] is metrics.TOKEN_SAVINGS.unit
    assert units["cost"] is metrics.REQUEST_COST.unit
    assert units["baselineCost"] is metrics.BASELINE_COST.unit
    assert units["savingsPercent"] is metrics.SAVINGS_PERCENT.unit
    assert units["baselineTokens"] is metrics.BASELINE_TOKENS.unit


def test_the_execution_event_carries_what_divides_each_of_its_metrics() -> None:
    carried = set(metrics.SKILL_EXECUTION.attributes)
    assert set(metrics.EXECUTION) <= carried


def test_the_catalogue_imports_the_standard_library_alone() -> None:
    nodes = list(ast.walk(ast.parse(inspect.getsource(metrics))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    imported = plain + [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]
    assert [name for name in imported if name.split(".")[0] not in sys.stdlib_module_names] == []
