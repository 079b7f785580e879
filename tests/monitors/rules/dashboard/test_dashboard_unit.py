"""dashboard/unit: a widget's title and unit say what its query gives."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors.rules.dashboard.unit import CHECK

P95 = "FROM SkillExecution SELECT percentile(executionTime, 95)"


def test_a_title_with_another_unit_is_found() -> None:
    (found,) = findings(CHECK, build.billboard(title="p95 (s)", queries=(P95,)))
    assert (found.field, found.message) == ("title", "The query gives milliseconds, and the title says (s).")


def test_a_unit_that_is_another_is_found() -> None:
    (found,) = findings(CHECK, build.billboard(queries=(P95,), unit="SECONDS"))
    assert (found.field, found.message) == ("unit", "The query gives milliseconds, and the unit says SECONDS.")


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("p95 (ms)", P95),
        ("Whole answer (ms of 5,100)", P95),
        ("p95", P95),
        ("Saved (by skills)", P95),
        ("Errors (%)", "FROM SkillExecution SELECT count(*)"),
        ("Errors (%)", "FROM SkillExecution SELECT average(cost) * 7"),
    ],
)
def test_the_right_unit_none_and_what_is_not_understood_are_fine(title: str, query: str) -> None:
    assert messages(CHECK, build.billboard(title=title, queries=(query,))) == []
