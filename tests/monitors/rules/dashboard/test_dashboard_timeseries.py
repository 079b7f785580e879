"""dashboard/timeseries: what is drawn over time has TIMESERIES, what shows a moment has not."""

from __future__ import annotations

from typing import Any

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.dashboard.timeseries import CHECK
from monitors.rules.problem import Level

QUERY = "FROM SkillExecution SELECT count(*) FACET model"


@pytest.mark.parametrize("kind", ["line", "area", "stacked_bar"])
def test_a_chart_over_time_without_timeseries_is_an_error(kind: str) -> None:
    (found,) = findings(CHECK, build.chart(kind=kind, queries=(QUERY,)))
    assert found.message == (
        f"A {kind} chart is drawn over time, and the query has no TIMESERIES: there is nothing to draw."
    )
    assert (found.level, found.advice) == (Level.ERROR, "Add TIMESERIES AUTO.")


@pytest.mark.parametrize("build_widget", [build.billboard, build.bullet])
def test_a_figure_with_timeseries_is_found(build_widget: Any) -> None:
    (message,) = messages(CHECK, build_widget(queries=(f"{QUERY} TIMESERIES",)))
    assert message.endswith("shows no course of time, and the query has TIMESERIES.")


@pytest.mark.parametrize(
    ("kind", "query"),
    [("line", f"{QUERY} TIMESERIES AUTO"), ("bar", QUERY), ("table", f"{QUERY} TIMESERIES"), ("pie", QUERY)],
)
def test_what_is_drawn_as_documented_is_fine(kind: str, query: str) -> None:
    assert messages(CHECK, build.chart(kind=kind, queries=(query,)), build.markdown(place=build.place(column=5))) == []
