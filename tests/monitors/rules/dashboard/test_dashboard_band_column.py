"""dashboard/band-column: a table's bands colour columns that it has."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.dashboard.band_column import CHECK


def table(column: str) -> spec.ChartWidget:
    query = "FROM SkillExecution SELECT average(cost) AS 'A request', max(cost) FACET skillId"
    return build.chart(kind="table", queries=(query,), bands=(build.band(column_name=column),))


def test_a_column_that_is_not_there_is_found_with_the_likely_one() -> None:
    (found,) = findings(CHECK, table("A reqest"))
    assert found.message == 'The table has no column "A reqest": the band colours nothing.'
    assert (found.field, found.advice) == ("bands.0.column_name", 'Did you mean "A request"?')


def test_the_columns_are_listed_where_none_is_near() -> None:
    (found,) = findings(CHECK, table("Cost"))
    assert found.advice == "Its columns are A request, max(cost), skillId."


@pytest.mark.parametrize("column", ["A request", "max(cost)", "skillId"])
def test_labels_expressions_and_groups_are_columns(column: str) -> None:
    assert messages(CHECK, table(column)) == []
