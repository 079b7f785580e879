"""Recorded files are read, whatever their form, and what cannot be read is told with its place and a next step."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import duckdb
import pytest

from monitors.nrql.evaluator import Data, DataError, evaluate, read

NOW = 1_767_229_200  # 2026-01-01T01:00:00Z
ROWS = [
    {"timestamp": 1_767_225_600_000, "eventType": "Request", "duration": 1.5, "host": "a", "ok": True},
    {"timestamp": 1_767_225_660_000, "eventType": "Request", "duration": 2.5, "host": "b", "ok": False},
]


def lines(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def listed(
    data: Data, query: str = "FROM Request SELECT timestamp, duration, host, ok ORDER BY timestamp"
) -> list[object]:
    return [list(row.values) for row in evaluate(query, data, now_seconds=NOW).rows]


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(DataError) as refused:
        read(path, **options)
    return str(refused.value).replace(f"{path.parent}/", "")


REQUEST = "'Request' AS \"eventType\""
EXPECTED = [[1_767_225_600_000, 1.5, "a", True], [1_767_225_660_000, 2.5, "b", False]]


def test_json_lines_are_one_object_a_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines(*ROWS) + "\n")
    assert listed(read(path)) == EXPECTED


def test_json_may_be_one_list(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(ROWS))
    assert listed(read(path)) == EXPECTED


def test_json_may_be_compressed(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson.gz"
    path.write_bytes(gzip.compress(lines(*ROWS).encode()))
    assert listed(read(path)) == EXPECTED


def test_csv_columns_take_the_kind_that_all_their_values_have(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "timestamp,eventType,duration,host,ok\n1767225600000,Request,1.5,a,true\n1767225660000,Request,2.5,b,FALSE\n"
    )
    assert listed(read(path)) == EXPECTED


def test_an_empty_field_of_csv_is_no_value(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("timestamp,eventType,duration,nothing\n1767225600000,Request,,\n1767225660000,Request,2,\n")
    assert listed(read(path), "FROM Request SELECT count(duration), count(nothing), count(*)") == [[1, 0, 2]]


def parquet(path: Path, select: str) -> Path:
    duckdb.execute(f"COPY ({select}) TO '{path}' (FORMAT PARQUET, COMPRESSION gzip)")
    return path


def test_parquet_is_read_by_its_types(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "rows.parquet",
        f"SELECT to_timestamp(1767225600 + 60 * n) AS timestamp, {REQUEST}, 1.5::DECIMAL(4, 2) + n AS duration, "
        "chr(97 + n::INTEGER) AS host, n = 0 AS ok, {'deep': n} AS map, [n, 7] AS list FROM range(2) r(n)",
    )
    data = read(path)
    assert listed(data) == EXPECTED
    assert listed(data, "FROM Request SELECT sum(`map.deep`), max(list[1])") == [[1, 7]]


def test_numbers_that_are_none_are_no_values(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "rows.parquet",
        f"SELECT 1767225600000 AS timestamp, {REQUEST}, unnest(['nan', 'inf', '2'])::DOUBLE AS duration",
    )
    assert listed(read(path), "FROM Request SELECT sum(duration), count(duration)") == [[2, 1]]


def test_a_folder_is_read_file_by_file_and_its_rows_are_numbered_through(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(*ROWS))
    (tmp_path / "b.csv").write_text("timestamp,eventType,duration\n1767225700000,Request,9\n1767225700000,Other,1\n")
    (tmp_path / "notes.txt").write_text("no data")
    data = read(tmp_path)
    assert (len(data), data.event_types) == (4, ("Other", "Request"))
    assert listed(data, "FROM Request SELECT sum(duration), count(host)") == [[13, 2]]
    assert data.time_span() == (1_767_225_600, 1_767_225_700)
    assert data.attributes(frozenset({"Request"})) == ("duration", "host", "ok")
    assert data.values("duration", frozenset({"Request"})) == ("1.5", "2.5", "9")


def test_mixed_values_keep_their_kinds(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        lines(*({"timestamp": 1_767_225_600_000, "eventType": "Request", "v": v} for v in (1, "1", True, None, [2])))
    )
    query = (
        "FROM Request SELECT sum(v), filter(count(*), WHERE v = '1'), filter(count(*), WHERE v IS TRUE), uniqueCount(v)"
    )
    assert listed(read(path), query) == [[1, 1, 1, 4]]


def test_names_that_differ_only_in_case_are_two_attributes(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        lines({"timestamp": 1_767_225_600_000, "eventType": "Request", "Host": "A", "host": "a", 'q"/~': 1})
    )
    assert listed(read(path), 'FROM Request SELECT latest(Host), latest(host), latest(`q"/~`)') == [["A", "a", 1]]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (1_767_225_600, 1_767_225_600),
        (1_767_225_600.25, 1_767_225_600.25),
        (1_767_225_600_250, 1_767_225_600.25),
        ("1767225600250", 1_767_225_600.25),
        ("2026-01-01T00:00:00Z", 1_767_225_600),
        ("2026-01-01T02:00:00+02:00", 1_767_225_600),
        ("2026-01-01 00:00:00", 1_767_225_600),
    ],
)
def test_a_time_above_a_hundred_thousand_million_is_in_milliseconds(
    tmp_path: Path, written: object, seconds: float
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines({"timestamp": written, "eventType": "Request"}))
    assert read(path).time_span() == (seconds, seconds)


def test_rows_without_a_type_take_the_one_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("timestamp,duration\n1767225600000,1\n")
    assert read(path, event_type="Request").event_types == ("Request",)
    assert refusal(path) == (
        "rows.csv has no eventType among its attributes (timestamp, duration...); give every row one, such as "
        "SkillExecution or Metric (in Python, event_type names that of all rows)"
    )


def test_signs_of_a_pattern_in_a_file_name_mean_themselves(tmp_path: Path) -> None:
    parquet(tmp_path / "other1.parquet", "SELECT 1 AS timestamp, 'Wrong' AS \"eventType\"")
    path = tmp_path / "other[1]*?.parquet"
    os.rename(parquet(tmp_path / "plain.parquet", "SELECT 1 AS timestamp, 'Right' AS \"eventType\""), path)
    assert read(path).event_types == ("Right",)


def test_a_quote_in_a_file_name_means_itself(tmp_path: Path) -> None:
    path = tmp_path / "it's; DROP TABLE x.jsonl"
    path.write_text(lines(*ROWS))
    assert len(read(path)) == 2


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == (
        "none.csv does not exist; give a file (.parquet, .csv, .jsonl, .ndjson, .json) or a folder of such files"
    )


def test_an_unknown_ending_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_text("x")
    assert refusal(path) == (
        "rows.xlsx has an ending that says no format; "
        "name it .parquet, .csv, .jsonl, .ndjson, .json, or one of these with .gz"
    )


def test_a_folder_without_data_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert refusal(folder) == (
        f"the folder {folder} holds no data; put files ending in .parquet, .csv, .jsonl, .ndjson, .json there"
    ).replace(f"{tmp_path}/", "")


@pytest.mark.parametrize("name", ["rows.parquet", "rows.csv", "rows.jsonl", "rows.json"])
def test_an_empty_file_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    assert refusal(path) == f"{name} is empty; give a file with rows"


@pytest.mark.parametrize(
    "name", ["rows.parquet", "rows.csv", "rows.jsonl", "rows.json", "rows.jsonl.gz", "rows.csv.gz"]
)
def test_binary_garbage_is_told_in_one_line_with_a_next_step(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 64)
    told = refusal(path)
    assert told.startswith(name)
    assert "\n" not in told
    assert told.endswith(("leave it out", "one object a line is read", "give one object a line", "or a date"))


def test_a_truncated_parquet_is_told(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "whole.parquet", "SELECT 1 AS timestamp, 'X' AS \"eventType\" FROM range(1000)")
    path = tmp_path / "cut.parquet"
    path.write_bytes(whole.read_bytes()[:-50])
    assert refusal(path) == (
        "cut.parquet cannot be read: No magic bytes found at end of file 'cut.parquet'; "
        "record it again, or leave it out"
    )


def test_a_broken_line_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines(*ROWS) + '{"timestamp": 1,\n' + lines(*ROWS))
    assert refusal(path) == (
        "rows.jsonl, line 3: Expecting property name enclosed in double quotes; "
        "mend or remove this line, one object a line is read"
    )


def test_a_line_that_is_no_object_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines(ROWS[0], 5))
    assert refusal(path) == "rows.jsonl, row 2: it is no object; give one object a line"


def test_a_file_without_times_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines({"eventType": "X", "a": 1}))
    assert refusal(path) == (
        "rows.jsonl has no timestamp; every row needs one: milliseconds or seconds since 1970, or a date"
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("soon", "the timestamp soon is unreadable"),
        (None, "the timestamp is missing or no number"),
        (1e18, "the timestamp 1e+18 is unreadable"),
        (1767225600000000, "the timestamp 1767225600000000.0 is unreadable"),
        (True, "the timestamp true is unreadable"),
        ("2026-13-01", "the timestamp 2026-13-01 is unreadable"),
    ],
)
def test_an_unreadable_time_is_told_with_its_row(tmp_path: Path, written: object, told: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines(ROWS[0], {**ROWS[1], "timestamp": written}))
    assert refusal(path) == (
        f"rows.jsonl, row 2: {told}; give milliseconds or seconds since 1970, or a date such as 2026-01-31T12:00:00Z"
    )


@pytest.mark.parametrize("written", [True, [1], {"a": 1}])
def test_times_that_are_of_a_wrong_kind_in_every_row_are_told(tmp_path: Path, written: object) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines({**ROWS[0], "timestamp": written}, {**ROWS[1], "timestamp": written}))
    assert "timestamp" in refusal(path)
    assert "syntax error" not in refusal(path)


def test_a_row_without_a_type_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines(ROWS[0], {"timestamp": 1}))
    assert refusal(path) == (
        "rows.jsonl, row 2: eventType is missing; name it there (in Python, event_type names that of all rows)"
    )


def test_a_column_of_bytes_is_told(tmp_path: Path) -> None:
    path = parquet(tmp_path / "rows.parquet", "SELECT 1 AS timestamp, 'X' AS \"eventType\", 'a'::BLOB AS raw")
    assert refusal(path) == (
        "rows.parquet: the column raw is of type BLOB; leave it out, or give numbers, texts or booleans"
    )


def test_objects_without_end_are_told_and_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"timestamp": 1, "eventType": "X", "a": ' + '{"a": ' * 50 + "1" + "}" * 51 + "\n")
    assert (
        refusal(path)
        == "rows.jsonl has more than 2000 attributes, or objects nested deeper than 8; flatten or drop some"
    )


def test_ten_thousand_attributes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(lines({**ROWS[0], **{f"a{number}": number for number in range(10_000)}}))
    assert (
        refusal(path)
        == "rows.jsonl has more than 2000 attributes, or objects nested deeper than 8; flatten or drop some"
    )


def test_a_parquet_whose_pages_are_broken_is_told_when_they_are_read(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "rows.parquet",
        f"SELECT 1767225600000 AS timestamp, {REQUEST}, random() AS duration FROM range(20000)",
    )
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = b"\xff" * 20_000
    path.write_bytes(bytes(content))
    with pytest.raises(DataError, match=r"cannot be read: .*; record it again, or leave it out$"):
        evaluate("FROM Request SELECT average(duration), max(timestamp)", read(path), now_seconds=NOW)
