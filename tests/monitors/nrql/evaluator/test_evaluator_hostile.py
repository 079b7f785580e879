"""Names and values mean themselves whatever they hold, and nothing reaches a file, the network or the settings."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitors.nrql import parse
from monitors.nrql.evaluator import Data, DataError, NotEvaluated, Result, SignalQuery, evaluate, quoting, read
from monitors.nrql.tree import (
    Attribute,
    Call,
    Comparison,
    EventType,
    Expression,
    Facet,
    Negative,
    Number,
    Query,
    Selection,
    Source,
    Star,
    Text,
)

NOW = 3600.0
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
COUNT = Selection(Call("count", (Star(),)))


def asked(query: Query, rows: list[dict[str, object]]) -> Result:
    return evaluate(query, Data.of_rows(rows), now_seconds=NOW)


@settings(max_examples=30, deadline=None)
@given(name=TEXTS, value=TEXTS, event_type=TEXTS)
@example(name='"', value="'; DROP TABLE held0; --", event_type="x' OR '1'='1")
@example(name="at", value="%", event_type="\0")
@example(name="id", value="\\", event_type='"')
def test_any_name_and_value_mean_themselves(name: str, value: str, event_type: str) -> None:
    rows: list[dict[str, object]] = [
        {name: value, "timestamp": 1, "eventType": event_type},
        {name: f"{value}.", "timestamp": 2, "eventType": event_type},
        {name: value, "timestamp": 3, "eventType": f"{event_type}."},
    ]
    if name in ("timestamp", "eventType"):
        return
    source, attribute = Source((EventType(event_type),)), Attribute(name)
    equal = Comparison("=", attribute, Text(value))
    assert asked(Query((COUNT,), source, where=equal), rows).single == 1
    assert asked(Query((Selection(Call("latest", (attribute,))),), source), rows).single == f"{value}."
    facets = asked(Query((COUNT,), source, facet=Facet((Selection(attribute),))), rows).rows
    assert {row.facet for row in facets} == {(value,), (f"{value}.",)}
    signal = SignalQuery(Query((COUNT,), source, facet=Facet((Selection(attribute),))))
    assert set(signal.points(Data.of_rows(rows)).facets) == {(value,), (f"{value}.",)}
    assert rows[0][name] in Data.of_rows(rows).values(name, frozenset({event_type}))


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
@settings(max_examples=30, deadline=None)
def test_a_quoted_text_or_name_is_read_back_by_the_engine_as_it_was(text: str) -> None:
    found = duckdb.execute(f"SELECT {quoting.text(text)}").fetchall()
    assert found == [(text,)]


@settings(max_examples=40, deadline=None)
@given(pattern=st.text(st.sampled_from("ab%_\\."), max_size=6), value=st.text(st.sampled_from("abAB_\\.%"), max_size=6))
def test_like_has_one_wildcard_and_ignores_case(pattern: str, value: str) -> None:
    import re

    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("%"))), value, re.IGNORECASE | re.DOTALL)
    where = Comparison("LIKE", Attribute("v"), Text(pattern))
    rows: list[dict[str, object]] = [{"v": value, "timestamp": 1, "eventType": "X"}]
    assert asked(Query((COUNT,), Source((EventType("X"),)), where=where), rows).single == (1 if expected else 0)


def test_names_of_sql_functions_are_names_of_event_types(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("timestamp,eventType\n1,X\n")
    for name in (f"read_csv('{secret}')", str(secret), "duckdb_settings", "held0"):
        query = Query((COUNT,), Source((EventType(name),)))
        assert evaluate(query, Data.of_rows([]), now_seconds=NOW).single == 0


def test_no_other_file_can_be_read_and_no_setting_changed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    rows = tmp_path / "rows.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS timestamp, 'X' AS \"eventType\") TO '{rows}' (FORMAT PARQUET)")
    for data in (Data.of_rows([]), read(rows)):
        session = data.session()
        assert session.rows("SELECT current_setting('autoinstall_known_extensions')") == [(False,)]
        assert session.rows("SELECT current_setting('autoload_known_extensions')") == [(False,)]
        for sql in (
            f"SELECT * FROM read_csv('{secret}')",
            f"SELECT * FROM '{secret}'",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
            f"ATTACH '{tmp_path / 'other.db'}'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET enable_external_access = true",
            "SET autoload_known_extensions = true",
        ):
            with pytest.raises((duckdb.Error, DataError)):
                session.rows(sql)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.parquet", "secret.csv"]


def test_python_variables_cannot_be_queried() -> None:
    local_rows = [1]  # noqa: F841  # what the engine would find by its name, were it allowed to
    with pytest.raises(duckdb.Error):
        Data.of_rows([]).session().rows("SELECT * FROM local_rows")


def test_an_expression_nested_without_end_is_refused_and_no_crash() -> None:
    expression: Expression = Number(1)
    for _ in range(5000):
        expression = Negative(expression)
    query = Query((Selection(expression),), Source((EventType("X"),)))
    with pytest.raises(NotEvaluated, match=r"^an expression is nested deeper than 150 levels; write it flatter$"):
        evaluate(query, Data.of_rows([]), now_seconds=NOW)


def test_a_list_of_ten_thousand_values_is_taken() -> None:
    listed = ", ".join(f"'{number}'" for number in range(10_000))
    rows: list[dict[str, object]] = [{"v": "9999", "timestamp": 1, "eventType": "X"}]
    query = f"FROM X SELECT count(*) WHERE v IN ({listed})"
    assert evaluate(query, Data.of_rows(rows), now_seconds=NOW).single == 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("FROM X SELECT count(*) WHERE a RLIKE r'('", "the pattern r'(' is none that RE2 knows: missing ): ("),
        (
            "FROM X SELECT capture(a, r'(?=b)')",
            "the pattern r'(?=b)' is none that RE2 knows: invalid perl operator: (?=",
        ),
        ("FROM X SELECT count(*) WHERE a LIKE b", "LIKE with anything but a text on its right side is not evaluated"),
        ("FROM X SELECT max(count(*))", "count() stands where only values of single rows can be"),
        ("FROM X SELECT count(*) FACET sum(v)", "sum() stands where only values of single rows can be"),
        ("FROM X SELECT count(*) WHERE count(*) > 1", "count() stands where only values of single rows can be"),
        ("FROM X SELECT filter(v, WHERE v > 1)", "filter() takes an aggregate function as its first argument"),
        (
            "FROM X SELECT toDatetime(a, timezone: '')",
            "the time zone '' is not known; name one like 'Europe/Paris'",
        ),
        ("FROM X SELECT apdex(a, t: 1e308)", "t of apdex() is 1e+308, and four times that is beyond all numbers"),
        (
            "FROM X SELECT histogram(a, width: 1e308)",
            "histogram() has 40 buckets and a width of 1e+308, which goes beyond all numbers",
        ),
    ],
)
def test_what_has_no_meaning_is_told(query: str, told: str) -> None:
    with pytest.raises(NotEvaluated) as refused:
        evaluate(query, Data.of_rows([{"a": "x", "timestamp": 1, "eventType": "X"}]), now_seconds=NOW)
    assert str(refused.value) == told


@pytest.mark.parametrize("select", ["percentage(latest(a), WHERE n > 0)", "rate(latest(a), 1 minute)"])
def test_a_share_or_a_rate_of_a_text_is_nothing(select: str) -> None:
    data = Data.of_rows([{"a": "x", "n": 1, "timestamp": 1, "eventType": "X"}])
    assert evaluate(f"FROM X SELECT {select}", data, now_seconds=NOW).single is None


def test_a_precision_beyond_all_digits_leaves_a_number_as_it_is() -> None:
    data = Data.of_rows([{"n": 1.25, "timestamp": 1, "eventType": "X"}])
    assert evaluate("FROM X SELECT string(n, precision: 1e308)", data, now_seconds=NOW).rows[0].values == ("1.25",)


def test_half_a_surrogate_pair_is_told() -> None:
    data = Data.of_rows([{"a": "\ud800", "timestamp": 1, "eventType": "X"}])
    with pytest.raises(DataError, match=r"^the data cannot be read: .*surrogate.*; record it again, or leave it out$"):
        evaluate("FROM X SELECT latest(a)", data, now_seconds=NOW)


def test_numbers_out_of_all_bounds_give_nothing() -> None:
    data = Data.of_rows([{"a": "x", "n": 1e300, "timestamp": 1, "eventType": "X"}])
    query = "FROM X SELECT toDatetime(n), hourOf(n), substring(a, n), pow(n, 2), n * n, exp(n), string(n)"
    assert evaluate(query, data, now_seconds=NOW).rows[0].values == (None, None, None, None, None, None, "1e+300")


def test_one_set_of_data_can_be_asked_by_several_threads_at_once(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("timestamp,eventType,v\n" + "".join(f"{at},X,{at}\n" for at in range(500)))
    stored, held = read(path), Data.of_rows([{"timestamp": at, "eventType": "X", "v": at} for at in range(500)])
    found: list[object] = []

    def ask() -> None:
        for data in (stored, held, stored, held):
            found.append(evaluate("FROM X SELECT sum(v)", data, now_seconds=NOW).single)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [124_750.0] * 16


def test_the_language_is_imported_without_the_engine() -> None:
    program = "import monitors.nrql, sys; print(sorted({'duckdb', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_text_is_parsed_on_the_way() -> None:
    tree = parse("FROM X SELECT count(*)")
    assert evaluate(tree, Data.of_rows([]), now_seconds=NOW) == evaluate(
        "FROM X SELECT count(*)", Data.of_rows([]), now_seconds=NOW
    )


def test_a_prediction_goes_with_facets_and_with_buckets_at_once() -> None:
    rows = [{"n": at, "kind": "a", "timestamp": 3000 + at, "eventType": "X"} for at in range(600)]
    query = "FROM X SELECT predictLinear(n, 1 minute) FACET kind TIMESERIES 5 minutes SINCE 10 minutes ago"
    result = evaluate(query, Data.of_rows(rows), now_seconds=NOW)
    assert [round(float(str(row.values[0])), 6) for row in result.rows] == [360, 660]
