"""dashboard/limit: LIMIT within what New Relic gives."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import messages

from monitors.rules.dashboard.limit import CHECK

QUERY = "FROM SkillExecution SELECT cost"


def test_a_limit_beyond_5000_is_found() -> None:
    assert messages(CHECK, build.chart(kind="table", queries=(f"{QUERY} LIMIT 5001",))) == [
        "LIMIT is 5,001, and New Relic gives 5,000 rows or groups at most."
    ]


def test_a_limit_of_nothing_is_found() -> None:
    assert messages(CHECK, build.chart(kind="table", queries=(f"{QUERY} LIMIT 0",))) == ["LIMIT 0 shows nothing."]


@pytest.mark.parametrize("limit", ["", " LIMIT 5000", " LIMIT MAX"])
def test_a_limit_that_new_relic_gives_is_fine(limit: str) -> None:
    assert messages(CHECK, build.chart(kind="table", queries=(f"{QUERY}{limit}",))) == []


def test_a_condition_is_left_to_the_check_of_its_clauses() -> None:
    assert messages(CHECK, build.condition(query=f"{QUERY} LIMIT 9999")) == []
