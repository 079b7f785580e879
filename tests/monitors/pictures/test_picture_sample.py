"""The made-up sample for dashboards: everything a widget of the catalogue asks for is in it, and called made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitors import catalog
from monitors.backtest.marks import MADE_UP
from monitors.nrql.evaluator import Data, evaluate, read
from monitors.pictures import sample
from monitors.pictures.answers import Evaluation
from monitors.pictures.source import Source
from monitors.pictures.widgets import DrawnPage, drawn
from service.metrics import COMMON, EVENTS, LOG_ATTRIBUTES, METRICS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "week"
    sample.write(path, catalog.stack("prod"))
    return path


@pytest.fixture(scope="module")
def data(folder: Path) -> Data:
    return read(folder)


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "dashboards.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def pages(data: Data) -> list[DrawnPage]:
    evaluation = Evaluation(Source(data, "made-up sample", sample.NOW_SECONDS, "America/Los_Angeles"))
    return [
        drawn(one, page, evaluation) for one in catalog.stack("prod").observability.dashboards for page in one.pages
    ]


def _states(pages: list[DrawnPage]) -> Iterator[tuple[str, str, str]]:
    for page in pages:
        for one in page.widgets:
            yield one.drawing.state, one.widget.title, one.drawing.says


def test_every_widget_of_the_catalogue_can_be_evaluated(pages: list[DrawnPage]) -> None:
    assert [(title, says) for state, title, says in _states(pages) if state == "refused"] == []


def test_the_sample_has_something_for_nearly_every_widget(pages: list[DrawnPage]) -> None:
    # Records were let go on another day than the one that is drawn.
    assert [title for state, title, _ in _states(pages) if state == "empty"] == ["Records let go"]


def test_every_row_says_that_nobody_measured_it(rows: list[dict[str, object]]) -> None:
    assert len(rows) > 1000
    assert all(row[MADE_UP] is True for row in rows)


def test_rows_carry_what_the_service_declares(rows: list[dict[str, object]]) -> None:
    common = {attribute.name for attribute in COMMON} | {MADE_UP, "timestamp", "eventType"}
    for row in rows:
        kind, names = str(row["eventType"]), set(row) - common
        if kind == "Metric":
            metric = METRICS[str(row["metricName"])]
            allowed = {one.name for one in metric.attributes} | {"metricName", "value", "count", "sum", "min", "max"}
        elif kind == "Log":
            allowed = {one.name for one in LOG_ATTRIBUTES}
        elif kind in EVENTS:
            allowed = {one.name for one in EVENTS[kind].attributes}
        else:
            assert kind in ("NrAiIncident", "NrAiNotification")
            continue
        assert names <= allowed, (kind, names - allowed)


def test_incidents_are_those_that_the_alerts_would_have_opened(data: Data) -> None:
    query = "FROM NrAiIncident SELECT count(*) WHERE event = 'open' SINCE 1 week ago FACET conditionName LIMIT MAX"
    found = {row.facet[0] for row in evaluate(query, data, now_seconds=sample.NOW_SECONDS).rows}
    assert "High Skill Error Rate" in found
    assert found <= {one.name for one in catalog.stack("prod").observability.conditions}
    assert "API key is old" not in found


def test_the_same_rows_are_written_every_time(folder: Path, tmp_path: Path) -> None:
    sample.write(tmp_path, catalog.stack("prod"))
    name = "dashboards.jsonl"
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
