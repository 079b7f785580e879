"""The made-up week: what the service would emit, the same every time, and called made up everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest

from monitors import catalog
from monitors.backtest.sample import MADE_UP, TROUBLES, Sample, write_sample
from monitors.backtest.sample.executions import executions
from monitors.backtest.sample.troubles import END_SECONDS, START_SECONDS, during, within
from service.metrics import COMMON, METRICS, SKILL_EXECUTION, SPOOL_DROPPED, Kind, Type


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return write_sample(tmp_path_factory.mktemp("week") / "made" / "here", catalog.stack("prod"))


@pytest.fixture(scope="module")
def base(sample: Sample) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for name in ("executions", "metrics"):
            connection.execute(f"CREATE VIEW {name} AS FROM '{sample.folder / name}.parquet'")
        connection.execute(f"CREATE VIEW checks AS FROM '{sample.folder}/checks.csv'")
        yield connection


def _rows(base: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return base.execute(query).fetchall()


def test_the_same_rows_are_written_every_time(sample: Sample, tmp_path: Path) -> None:
    again = write_sample(tmp_path, catalog.stack("prod"))
    assert again.rows == sample.rows
    for name in sample.rows:
        digests = [hashlib.sha256((folder / name).read_bytes()).digest() for folder in (sample.folder, tmp_path)]
        assert digests[0] == digests[1], name


def test_every_row_says_that_it_is_made_up_and_so_does_the_page_beside_them(
    sample: Sample, base: duckdb.DuckDBPyConnection
) -> None:
    for table in ("executions", "metrics", "checks"):
        assert _rows(base, f"SELECT DISTINCT {MADE_UP} FROM {table}") == [(True,)]
    told = (sample.folder / "README.md").read_text()
    assert "Nobody measured this." in told
    assert all(trouble.name[1:] in told for trouble in TROUBLES)


def test_events_carry_what_the_service_declares_and_of_its_types(base: duckdb.DuckDBPyConnection) -> None:
    kinds = {str(name): str(kind) for name, kind, *_ in _rows(base, "DESCRIBE executions")}
    declared = {attribute.name: attribute.type for attribute in (*SKILL_EXECUTION.attributes, *COMMON)}
    assert set(kinds) - {"timestamp", "eventType", MADE_UP} <= set(declared)
    for name, kind in kinds.items():
        if declared.get(name) is Type.NUMBER:
            assert kind in {"BIGINT", "DOUBLE"}, name
        elif declared.get(name) is Type.BOOLEAN:
            assert kind == "BOOLEAN", name
        elif name in declared:
            assert kind == "VARCHAR", name


def test_metrics_are_those_that_the_service_declares_in_the_form_of_their_kind(
    base: duckdb.DuckDBPyConnection,
) -> None:
    rows = _rows(base, "SELECT metricName, count(value), count(count), count(sum) FROM metrics GROUP BY ALL")
    for name, single, counts, sums in rows:
        distribution = METRICS[str(name)].kind is Kind.DISTRIBUTION
        assert (single == 0) is distribution, name
        assert (counts == 0) is not distribution, name
        assert counts == sums, name
    assert SPOOL_DROPPED.name not in {name for name, *_ in rows}, "nothing was dropped, so nothing says so"


def test_attributes_of_a_metric_have_the_values_that_are_declared(base: duckdb.DuckDBPyConnection) -> None:
    held = {name for name, *_ in _rows(base, "DESCRIBE metrics")}
    for metric in METRICS.values():
        for attribute in (one for one in metric.attributes if one.name in held):
            query = f"SELECT DISTINCT \"{attribute.name}\" FROM metrics WHERE metricName = '{metric.name}'"
            values = {value for (value,) in _rows(base, query)}
            if attribute.values and values:
                assert values <= set(attribute.values), (metric.name, attribute.name)


def test_metrics_add_up_to_the_executions_they_are_derived_from(base: duckdb.DuckDBPyConnection) -> None:
    (from_events,) = _rows(base, "SELECT count(*), round(sum(cost), 4) FROM executions")
    counts = "SELECT sum(value) FROM metrics WHERE metricName = 'Custom/Skills/ExecutionCount'"
    costs = "SELECT round(sum(sum), 4) FROM metrics WHERE metricName = 'Custom/Cost/RequestCost'"
    assert (_rows(base, counts)[0][0], _rows(base, costs)[0][0]) == from_events


def test_everything_lies_within_the_week(base: duckdb.DuckDBPyConnection) -> None:
    for table in ("executions", "metrics", "checks"):
        ((first, last),) = _rows(base, f"SELECT min(timestamp), max(timestamp) FROM {table}")
        assert START_SECONDS * 1000 <= int(str(first)) < START_SECONDS * 1000 + 600_000
        assert int(str(last)) < END_SECONDS * 1000


def test_the_certificate_is_checked_once_a_day_and_is_good_all_week(base: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT result, count(*), count(DISTINCT timestamp // 86_400_000) FROM checks"
    assert _rows(base, f"{query} WHERE monitorName LIKE '%certificate%' GROUP BY ALL") == [("SUCCESS", 7, 7)]


def test_the_service_says_nothing_while_it_is_silent(base: duckdb.DuckDBPyConnection) -> None:
    for trouble in TROUBLES:
        if trouble.silent:
            within_it = f"timestamp BETWEEN {trouble.start_seconds * 1000} AND {trouble.end_seconds * 1000 - 1}"
            for table in ("executions", "metrics"):
                assert _rows(base, f"SELECT count(*) FROM {table} WHERE {within_it}") == [(0,)], trouble.name


def test_requests_come_in_working_hours_and_less_at_night() -> None:
    stamps = executions("America/Los_Angeles")["timestamp"] / 1000
    tuesday = datetime(2026, 10, 6, tzinfo=UTC).timestamp()
    busy, night = (
        np.sum((stamps >= tuesday + hour * 3600) & (stamps < tuesday + (hour + 4) * 3600)) for hour in (18, 6)
    )
    assert busy > 3 * night


def test_troubles_have_their_effect_while_they_last_and_no_longer() -> None:
    slow = next(trouble for trouble in TROUBLES if trouble.slowness != 1)
    moments = np.array([slow.start_seconds - 1, slow.start_seconds, slow.end_seconds - 1, slow.end_seconds])
    assert during(moments, lambda trouble: trouble.slowness, 1).tolist() == [1, slow.slowness, slow.slowness, 1]
    assert within(moments, lambda trouble: trouble is slow).tolist() == [False, True, True, False]


def test_a_stack_that_checks_nothing_from_outside_gets_no_checks(tmp_path: Path) -> None:
    stack = catalog.stack("staging")
    blind = stack.model_copy(
        update={"observability": stack.observability.model_copy(update={"monitors": (), "service_levels": ()})}
    )
    written = write_sample(tmp_path, blind)
    assert set(written.rows) == {"executions.parquet", "metrics.parquet"}
    with duckdb.connect() as connection:
        environments = connection.execute(f"SELECT DISTINCT env FROM '{tmp_path}/metrics.parquet'").fetchall()
    assert environments == [("staging",)]
