"""The table of functions, what a query reads, and which word was meant."""

from __future__ import annotations

import pytest

from monitors.nrql import parse, parse_condition, to_text, walk
from monitors.nrql.aggregates import aggregates_in, attributes_in, event_types_in, variables_in
from monitors.nrql.functions import FUNCTIONS, is_aggregate
from monitors.nrql.suggestions import suggest
from monitors.nrql.tree import Attribute, Call, EventType, Query, Star


def test_a_function_is_found_by_its_name_in_lower_case() -> None:
    assert all(key == function.name.lower() for key, function in FUNCTIONS.items())
    assert all(function.most is None or function.least <= function.most for function in FUNCTIONS.values())


# docs.newrelic.com, "Create NRQL alert conditions": the functions it lists, and those it refuses.
def test_the_table_says_what_alert_conditions_take() -> None:
    listed = {function.name for function in FUNCTIONS.values() if function.in_alerts == "documented"}
    assert listed == {
        *("apdex", "average", "count", "latest", "max", "min", "percentage", "percentile", "sum", "uniqueCount")
    }
    refused = {function.name for function in FUNCTIONS.values() if function.in_alerts == "refused"}
    assert refused == {"histogram", "bytecountestimate", "cardinality"}


@pytest.mark.parametrize(
    ("text", "aggregate"),
    [("count(*)", True), ("FILTER(count(*), WHERE a)", True), ("lower(a)", False), ("if(a, b)", False)],
)
def test_an_aggregate_is_told_from_a_function_of_one_row(text: str, aggregate: bool) -> None:
    call = parse_condition(text)
    assert isinstance(call, Call)
    assert is_aggregate(call) is aggregate


def test_a_call_of_no_known_function_is_no_aggregate() -> None:
    assert not is_aggregate(Call("nonsense", (Star(),)))


@pytest.mark.parametrize(
    ("text", "aggregates"),
    [
        ("count(*)", ["count(*)"]),
        ("filter(count(*), WHERE a = 1)", ["filter(count(*), WHERE a = 1)"]),
        ("100 - filter(sum(a), WHERE b) / clamp_min(sum(c), 20) * 100", ["filter(sum(a), WHERE b)", "sum(c)"]),
        ("rate(count(*), 1 minute) + lower(a)", ["rate(count(*), 1 minute)"]),
        ("if(count(*) > 5, max(a), 0)", ["count(*)", "max(a)"]),
        ("a + lower(b)", []),
        ("max(a) - (SELECT min(a) FROM X)", ["max(a)"]),
        ("average(a OR 0)", ["average(a OR 0)"]),
    ],
)
def test_the_outermost_aggregates_of_an_expression_are_found(text: str, aggregates: list[str]) -> None:
    assert [to_text(call) for call in aggregates_in(parse_condition(text))] == aggregates


def query(text: str) -> Query:
    tree = parse(text)
    assert isinstance(tree, Query)
    return tree


def test_the_attributes_of_a_query_are_found_in_the_order_of_its_text() -> None:
    tree = query("FROM X WHERE a IN (SELECT b FROM Y) FACET c SELECT max(d) + a, timestamps[e]")
    assert [attribute.name for attribute in attributes_in(tree)] == ["a", "b", "c", "d", "a", "timestamps", "e"]


def test_the_event_types_of_a_query_are_found_once_each_with_those_of_subqueries_and_joins() -> None:
    tree = query(
        "FROM X, Y JOIN (SELECT a FROM Z) ON a WHERE b IN (FROM lookup(t) SELECT c) SELECT (FROM X SELECT max(d))"
    )
    assert event_types_in(tree) == ("X", "Y", "Z")


def test_the_template_variables_of_a_query_are_found_in_texts_and_names_too() -> None:
    tree = query("FROM {{type}} SELECT max({{a}}) WHERE b = 'x-{{ b }}' AND c IN ({{a}}) FACET `{{c}}` LIMIT {{d}}")
    assert variables_in(tree) == ("type", "a", "b", "c", "d")


def test_a_walk_goes_in_the_order_of_the_text_whatever_the_order_of_the_clauses() -> None:
    names = [node.name for node in walk(parse("WHERE a FROM X SELECT b, c")) if isinstance(node, Attribute | EventType)]
    assert names == ["a", "X", "b", "c"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("averge", "average"),
        ("AVERAGE", "average"),
        ("percentlie", "percentile"),
        ("uniqeCount", "uniqueCount"),
        ("cuont", "count"),
        ("histograms", "histogram"),
        ("mx", "max"),
        ("x", None),
        ("", None),
        ("somethingElse", None),
        ("a" * 1000, None),
    ],
)
def test_a_misspelt_word_is_recognised(word: str, meant: str | None) -> None:
    known = ["average", "count", "percentile", "uniqueCount", "histogram", "max", "latest"]
    assert suggest(word, known) == meant


def test_the_nearest_word_is_suggested() -> None:
    assert suggest("skillid", ["skillId", "skillIds", "skill"]) == "skillId"
    assert suggest("log3", ["log", "log2", "log10"]) == "log2"
    assert suggest("anything", []) is None
