"""query/time-range: no SINCE and no UNTIL in a condition; dashboards may have them."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, pointed

from monitors.rules.query.time_range import CHECK


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("FROM SkillExecution SELECT count(*) SINCE 1 hour ago", ["SINCE 1 hour ago"]),
        ("FROM SkillExecution SELECT count(*) since today UNTIL now", ["since today", "UNTIL now"]),
        (
            "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model SINCE 1 day ago)",
            ["SINCE 1 day ago"],
        ),
    ],
)
def test_each_clause_of_time_is_pointed_at(query: str, clauses: list[str]) -> None:
    assert pointed(CHECK, build.condition(query=query)) == clauses


def test_the_message_names_the_clause_and_the_field_that_takes_its_place() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM SkillExecution SELECT count(*) SINCE 1 hour ago"))
    assert found.message == "A condition's query has no SINCE: New Relic refuses SINCE 1 hour ago."
    assert found.advice == "Take it out; signal.window_seconds says how much time each value covers."


def test_a_widget_may_have_a_time_range_of_its_own() -> None:
    assert findings(CHECK, build.chart(queries=("FROM SkillExecution SELECT count(*) SINCE 1 day ago",))) == []
