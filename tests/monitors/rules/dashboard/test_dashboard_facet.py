"""dashboard/facet: groups are compared where there are groups."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages

from monitors.rules.dashboard.facet import CHECK


@pytest.mark.parametrize("kind", ["pie", "bar", "heatmap"])
def test_a_chart_of_groups_without_facet_is_found(kind: str) -> None:
    assert messages(CHECK, build.chart(kind=kind, queries=("FROM SkillExecution SELECT sum(cost)",))) == [
        f"A {kind} chart compares groups, and the query has no FACET: it is one block."
    ]


def test_a_bullet_with_facet_is_found() -> None:
    assert messages(CHECK, build.bullet(queries=("FROM SkillExecution SELECT sum(cost) FACET model",))) == [
        "A bullet chart shows one number against its limit, and the query has FACET."
    ]


@pytest.mark.parametrize(
    "query", ["FROM SkillExecution SELECT sum(cost) FACET model", "FROM SkillExecution SELECT min(cost), max(cost)"]
)
def test_groups_or_several_values_are_fine(query: str) -> None:
    assert messages(CHECK, build.chart(kind="bar", queries=(query,))) == []
