"""dashboard/chart-function: a chart is given what its kind draws."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.dashboard.chart_function import CHECK

HISTOGRAM = "FROM SkillExecution SELECT histogram(executionTime, 100, 10) FACET model"
STEPS = ", ".join(f"WHERE attempts = {number} AS 'step {number}'" for number in range(9))


@pytest.mark.parametrize(
    ("kind", "query", "message"),
    [
        (
            "heatmap",
            "FROM SkillExecution SELECT average(cost) FACET model",
            "A heatmap draws histogram(), and the query has none.",
        ),
        ("funnel", "FROM SkillExecution SELECT count(*)", "A funnel draws funnel(), and the query has none."),
        ("line", f"{HISTOGRAM} TIMESERIES", "histogram() gives a list of values, which a line does not draw."),
        (
            "funnel",
            f"FROM SkillExecution SELECT funnel(requestId, {STEPS})",
            "The funnel has 9 steps, and New Relic draws 8 at most.",
        ),
        (
            "pie",
            "FROM SkillExecution SELECT average(cost) FACET model",
            "A pie shows parts of a whole, and average() gives none: its values do not add up.",
        ),
        ("log_table", "FROM Log SELECT count(*)", "A log table shows rows, and the query aggregates them."),
    ],
)
def test_what_a_kind_cannot_draw_is_found(kind: str, query: str, message: str) -> None:
    assert messages(CHECK, build.chart(kind=kind, queries=(query,))) == [message]


def test_a_histogram_in_a_billboard_is_to_be_a_histogram() -> None:
    (found,) = findings(CHECK, build.billboard(queries=(HISTOGRAM,)))
    assert found.advice == "Make the widget a histogram."


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("heatmap", HISTOGRAM),
        ("histogram", HISTOGRAM),
        ("pie", "FROM SkillExecution SELECT sum(cost) FACET model"),
        ("log_table", "FROM Log SELECT timestamp, message"),
        ("table", "FROM SkillExecution SELECT count(*), average(cost) FACET model"),
    ],
)
def test_what_a_kind_draws_is_fine(kind: str, query: str) -> None:
    assert messages(CHECK, build.chart(kind=kind, queries=(query,))) == []
