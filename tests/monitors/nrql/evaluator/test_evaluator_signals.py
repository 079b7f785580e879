"""The query of an alert condition: which rows are its points, what it refuses, and how fast it is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from monitors.nrql import parse
from monitors.nrql.evaluator import Data, DataError, NotEvaluated, SignalQuery, read
from monitors.nrql.tree import Query


def signal(text: str) -> SignalQuery:
    tree = parse(text)
    assert isinstance(tree, Query)
    return SignalQuery(tree)


ROWS = [
    {"timestamp": 70.5, "eventType": "Metric", "metricName": "Custom/A", "value": 1, "env": "prod"},
    {"timestamp": 10, "eventType": "Metric", "metricName": "Custom/B", "value": 2, "env": "prod", "host": "h"},
    {"timestamp": 20, "eventType": "Request", "duration": 5, "host": "b"},
    {"timestamp": 15, "eventType": "Request", "duration": 7, "host": "a"},
    {"timestamp": 16, "eventType": "Request", "duration": 9},
    {"timestamp": 80, "eventType": "Metric", "metricName": "Custom/A", "value": 3, "env": "staging"},
]


def test_points_are_in_the_order_of_the_data_with_their_numbers_in_it() -> None:
    points = signal("FROM Request SELECT average(duration) FACET host").points(Data.of_rows(ROWS))
    assert points.facets == (("a",), ("b",))
    assert points.facet_of.tolist() == [1, 0]
    assert points.timestamps.tolist() == [20, 15]
    assert points.rows.tolist() == [2, 3]
    assert [one.dtype.name for one in (points.facet_of, points.timestamps, points.rows)] == [
        "int32",
        "float64",
        "int64",
    ]


def test_a_row_without_the_facet_is_no_point() -> None:
    assert signal("FROM Request SELECT count(*)").points(Data.of_rows(ROWS)).rows.tolist() == [2, 3, 4]


def test_points_of_a_metric_are_those_of_its_name() -> None:
    points = signal("FROM Metric SELECT sum(`Custom/A`) WHERE env = 'prod'").points(Data.of_rows(ROWS))
    assert points.rows.tolist() == [0]


def test_points_of_several_metrics_are_those_of_any() -> None:
    query = "FROM Metric SELECT filter(sum(`Custom/A`), WHERE env = 'prod') / sum(`Custom/B`)"
    assert signal(query).points(Data.of_rows(ROWS)).rows.tolist() == [0, 1, 5]


def test_every_metric_is_a_point_where_rows_are_counted_too() -> None:
    query = signal("FROM Metric SELECT filter(sum(`Custom/A`), WHERE env = 'prod') / count(*)")
    assert query.points(Data.of_rows(ROWS)).rows.tolist() == [0, 1, 5]


def test_a_metric_in_a_condition_of_filter_is_no_measured_one() -> None:
    query = signal("FROM Metric SELECT filter(sum(`Custom/A`), WHERE host = 'h' OR env = 'prod')")
    assert query.points(Data.of_rows(ROWS)).rows.tolist() == [0, 5]


def test_every_metric_is_a_point_where_none_is_named() -> None:
    assert signal("FROM Metric SELECT count(*)").points(Data.of_rows(ROWS)).rows.tolist() == [0, 1, 5]


def test_cases_of_a_facet_are_facets() -> None:
    query = "FROM Request SELECT count(*) FACET CASES (WHERE duration > 8 AS 'slow') OR host"
    points = signal(query).points(Data.of_rows(ROWS))
    assert points.facets == (("a",), ("b",), ("slow",))


def test_variables_of_with_can_be_used() -> None:
    found = signal("FROM Request WITH duration * 2 AS twice SELECT sum(twice)").windows(
        Data.of_rows(ROWS), window_seconds=60
    )
    assert (found.ends.tolist(), found.values.tolist()) == ([60], [42.0])


NESTED = [
    {"timestamp": at, "eventType": "X", "host": host, "zone": zone, "v": v}
    for at, host, zone, v in (
        (0, "a", "n", 1),
        (10, "a", "n", 3),
        (20, "b", "n", 8),
        (30, "c", "s", 4),
        (70, "a", "n", 9),
    )
]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("SELECT max(average) FROM (FROM X SELECT average(v) FACET host)", {(): [8, 9]}),
        ("SELECT count(*) FROM (FROM X SELECT average(v) AS mean FACET host) WHERE mean > 3", {(): [2, 1]}),
        ("SELECT min(mean) FROM (FROM X SELECT average(v) AS mean WHERE v > 1 FACET host)", {(): [3, 9]}),
        ("SELECT sum(c) FROM (FROM X SELECT count(*) AS c FACET host, zone) FACET zone", {("n",): [3, 1], ("s",): [1]}),
        (
            "SELECT max(m) FROM (SELECT sum(a) AS m FROM (FROM X SELECT max(v) AS a FACET host, zone) FACET zone)",
            {(): [11, 9]},
        ),
    ],
)
def test_a_nested_query_is_judged_window_by_window(query: str, values: dict[tuple[str, ...], list[float]]) -> None:
    found = signal(query).windows(Data.of_rows(NESTED), window_seconds=60)
    assert {
        facet: found.values[found.offsets[number] : found.offsets[number + 1]].tolist()
        for number, facet in enumerate(found.facets)
    } == values


def test_points_of_a_nested_query_are_the_rows_of_the_innermost() -> None:
    query = signal("SELECT count(*) FROM (FROM X SELECT average(v) AS mean WHERE v > 1 FACET host) WHERE mean > 100")
    assert query.points(Data.of_rows(NESTED)).rows.tolist() == [1, 2, 3, 4]
    assert np.isnan(query.windows(Data.of_rows(NESTED), window_seconds=60).values).all()


def test_several_variables_of_one_function_can_be_used() -> None:
    query = signal("FROM X WITH capture(host, r'(?P<first>.)(?P<rest>.*)') AS (first, rest) SELECT uniqueCount(first)")
    assert query.windows(Data.of_rows(NESTED), window_seconds=60).values.tolist() == [3, 1]


def test_a_group_without_rows_is_null() -> None:
    values = signal("FROM Request SELECT count(*)").aggregate(Data.of_rows(ROWS), np.array([2, 2]), np.array([2, 3]))
    assert np.isnan(values[:2]).all()
    assert values[2] == 2


def test_no_group_has_no_value() -> None:
    none = np.array([], dtype=np.int64)
    assert signal("FROM Request SELECT count(*)").aggregate(Data.of_rows(ROWS), none, none).tolist() == []


def test_a_text_is_no_number_for_a_condition() -> None:
    found = signal("FROM Request SELECT latest(host)").windows(Data.of_rows(ROWS), window_seconds=60)
    assert np.isnan(found.values).all()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("FROM X SELECT count(*) SINCE 1 hour ago", "SINCE has no place in an alert condition's query; leave it out"),
        ("FROM X SELECT count(*) UNTIL 1 hour ago", "UNTIL has no place in an alert condition's query; leave it out"),
        ("FROM X SELECT count(*) TIMESERIES", "TIMESERIES has no place in an alert condition's query; leave it out"),
        ("FROM X SELECT count(*) FACET a LIMIT 5", "LIMIT has no place in an alert condition's query; leave it out"),
        (
            "FROM X SELECT count(*) COMPARE WITH 1 day ago",
            "COMPARE WITH has no place in an alert condition's query; leave it out",
        ),
        (
            "FROM X SELECT count(*) FACET a ORDER BY max(b)",
            "FACET ... ORDER BY has no place in an alert condition's query; leave it out",
        ),
        ("FROM X SELECT count(*), sum(a)", "the query selects 2 values; a condition takes exactly one number"),
        ("FROM X SELECT histogram(a)", "histogram(a) gives no single number; a condition takes exactly one"),
        (
            "FROM X SELECT percentile(a, 5, 9)",
            "percentile(a, 5, 9) gives no single number; a condition takes exactly one",
        ),
        (
            "SELECT max(c) FROM (FROM X SELECT count(*) AS c)",
            "the innermost query of a nested one needs a FACET in an alert condition; add one",
        ),
        (
            "FROM X JOIN (FROM Y SELECT count(*) FACET a) ON a SELECT count(*)",
            "JOIN has no place in an alert condition's query; leave it out",
        ),
        ("FROM X SELECT count(*) WHERE a > (FROM X SELECT max(a))", "a subquery as a value is not evaluated here"),
        (
            "FROM X SELECT aggregationendtime()",
            "aggregationendtime() needs to know when a window ends, which is not given here",
        ),
        (
            "FROM X SELECT cardinality(a)",
            "cardinality() is not evaluated: recorded rows do not say which of their attributes are dimensions",
        ),
        ("FROM X SELECT a", "a stands beside aggregates; put it into one, such as latest(a)"),
    ],
)
def test_what_no_condition_can_be_is_refused_before_any_data(query: str, told: str) -> None:
    with pytest.raises(NotEvaluated) as refused:
        signal(query)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"timestamp": "now", "eventType": "X"}, "row 0 has the timestamp 'now'; give a number of seconds since 1970"),
        ({"eventType": "X"}, "row 0 has the timestamp None; give a number of seconds since 1970"),
        ({"timestamp": 1}, "row 0 has the eventType None; name the type of event it is"),
        (
            {"timestamp": 1, "eventType": "X", "a": {1, 2}},
            "attribute a holds a value of type set; give numbers, texts, booleans, lists or None",
        ),
    ],
)
def test_a_row_that_is_none_is_told(row: dict[str, object], told: str) -> None:
    with pytest.raises(DataError) as refused:
        Data.of_rows([row])
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"a": [1]}, "X has no column timestamp; give one in seconds since 1970"),
        (
            {"timestamp": [1, 2], "a": [1]},
            "the columns of X differ in length (timestamp 2, a 1); give each the same number of rows",
        ),
        ({"timestamp": ["x"]}, "a timestamp of X is no number; give seconds since 1970 for every row"),
        (
            {"timestamp": [1], "a": np.array([1j])},
            "attribute a is an array of complex128; give numbers, texts or booleans",
        ),
    ],
)
def test_columns_that_are_none_are_told(columns: dict[str, list[Any]], told: str) -> None:
    with pytest.raises(DataError) as refused:
        Data.of_columns("X", columns)
    assert str(refused.value) == told


def test_columns_and_rows_give_the_same() -> None:
    columns: dict[str, Any] = {
        "timestamp": [1.0, 2.0, 3.0],
        "v": np.array([1.0, np.nan, 3.0]),
        "s": ["a", None, "b"],
        "b": np.array([True, False, True]),
    }
    rows = [
        {"timestamp": 1, "eventType": "X", "v": 1.0, "s": "a", "b": True},
        {"timestamp": 2, "eventType": "X", "b": False},
        {"timestamp": 3, "eventType": "X", "v": 3.0, "s": "b", "b": True},
    ]
    for query in ("FROM X SELECT sum(v)", "FROM X SELECT count(s) WHERE b", "FROM X SELECT average(v) FACET s"):
        found = [
            signal(query).windows(data, window_seconds=60).values.tolist()
            for data in (Data.of_columns("X", columns), Data.of_rows(rows))
        ]
        assert found[0] == found[1]


def test_a_week_of_a_hundred_series_takes_a_fraction_of_a_second(tmp_path: Path) -> None:
    path = tmp_path / "week.parquet"
    duckdb.execute(
        "COPY (SELECT (1700000040 + minute * 60) * 1000 AS timestamp, 'X' AS \"eventType\", 's' || series AS s, "
        "0.05 AS v FROM range(10080) m(minute), range(100) n(series) ORDER BY minute, series) "
        f"TO '{path}' (FORMAT PARQUET)"
    )
    query = signal("FROM X SELECT average(v) FACET s")
    started = time.process_time()
    found = query.windows(read(path), window_seconds=60)
    spent = time.process_time() - started
    assert (len(found.facets), len(found.ends), len(found.point_times)) == (100, 1_008_000, 1_008_000)
    assert (found.values == 0.05).all()
    assert spent < 1.0  # a fifth of it on an idle machine; the rest is for busy ones
