"""What a query speaks of: scopes, names with their place, what carries them."""

from __future__ import annotations

import pytest

from monitors.rules.reading import Scope, of_event_type, of_metric, scopes
from monitors.rules.review import read_query
from monitors.rules.subjects import Subject
from service.metrics import COMMON, EVENTS, METRICS

COUNT, COST = "Custom/Skills/ExecutionCount", "Custom/Cost/RequestCost"


def read(query: str) -> tuple[Scope, ...]:
    return scopes(read_query(Subject("query", "query/it", None, query), "query", query, "widget"))


def test_a_name_knows_the_aggregate_and_the_filter_that_it_stands_in() -> None:
    (scope,) = read(
        "FROM SkillExecution SELECT filter(average(cost), WHERE model = 'opus') FACET task WHERE env = 'prod'"
    )
    places = {
        name.text: (name.within and name.within.function, name.filters and name.filters.function)
        for name in scope.names
    }
    assert places == {
        "cost": ("average", None),
        "model": (None, "filter"),
        "task": (None, None),
        "env": (None, None),
    }


def test_a_query_within_a_query_is_a_scope_of_its_own() -> None:
    outer, inner = read(
        "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n WHERE task = 'draft' FACET model)"
    )
    assert [name.text for name in outer.names] == ["n"]
    assert {name.text for name in inner.names} == {"task", "model"}
    assert (outer.is_plain, inner.is_plain) == (False, True)
    assert [source.name for source in inner.sources] == ["SkillExecution"]


def test_metrics_are_those_in_backquotes_and_those_by_metric_name() -> None:
    (scope,) = read(f"FROM Metric SELECT sum(`{COUNT}`), count(*) WHERE metricName = '{COST}'")
    assert [metric.name for metric in scope.metrics] == [COUNT, COST]
    assert scope.reads_metrics


def test_a_name_in_a_filter_is_carried_by_the_filtered_metric_alone() -> None:
    (scope,) = read(f"FROM Metric SELECT filter(sum(`{COUNT}`), WHERE outcome = 'error') / sum(`{COST}`) FACET model")
    carriers = {name.text: [one.title for one in scope.carriers(name)] for name in scope.names}
    assert carriers["outcome"] == [COUNT]
    assert carriers["model"] == [COUNT, COST]


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("FROM SkillExecution SELECT count(*)", True),
        ("FROM Log_legal SELECT count(*)", True),
        ("FROM Unheard SELECT count(*)", False),
        ("FROM lookup(table) SELECT count(*)", False),
        ("FROM Metric SELECT average(x) WITH METRIC_FORMAT 'Custom/{label}'", False),
    ],
)
def test_a_query_is_plain_when_its_names_are_known_event_types_own(query: str, plain: bool) -> None:
    assert read(query)[0].is_plain is plain


def test_a_query_that_cannot_be_read_has_no_scopes() -> None:
    assert read("FROM SkillExecution SELECT count(") == ()
    assert read("SHOW EVENT TYPES") == ()


def test_every_metric_and_event_carries_the_common_attributes_and_its_own() -> None:
    common = {one.name for one in COMMON}
    for name, metric in METRICS.items():
        assert set(of_metric(name).attributes) == common | {one.name for one in metric.attributes} | {"timestamp"}
    for name, event in EVENTS.items():
        assert set(of_event_type(name).attributes) == common | {one.name for one in event.attributes} | {"timestamp"}
    assert not of_event_type("Unheard").closed
