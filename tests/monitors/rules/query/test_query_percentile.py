"""query/percentile: a percentile is not between 0 and 100."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings

from monitors.rules.problem import Level
from monitors.rules.query.percentile import CHECK


@pytest.mark.parametrize(
    ("percentile", "message", "advice", "level"),
    [
        ("950", "There is no percentile 950: they end at 100.", "Write 95, if that was meant.", None),
        ("9999", "There is no percentile 9999: they end at 100.", "Write 99.99, if that was meant.", None),
        (
            "0.95",
            "The percentile 0.95 is next to the least value: it is given in percent.",
            "Write 95, if that was meant.",
            Level.WARNING,
        ),
        (
            "-5",
            "A percentile lies between 0 and 100, and this one is negative.",
            "Write the percentile that was meant, such as 95.",
            None,
        ),
    ],
)
def test_a_percentile_that_does_not_exist_is_told(
    percentile: str, message: str, advice: str, level: Level | None
) -> None:
    query = f"FROM SkillExecution SELECT percentile(executionTime, {percentile})"
    (found,) = findings(CHECK, build.condition(query=query))
    assert (found.message, found.advice, found.level) == (message, advice, level)


@pytest.mark.parametrize("percentiles", ["", ", 95", ", 0", ", 100", ", 99.9, 50, 1"])
def test_percentiles_from_0_to_100_are_let_be(percentiles: str) -> None:
    query = f"FROM SkillExecution SELECT percentile(executionTime{percentiles})"
    assert findings(CHECK, build.condition(query=query)) == []


def test_each_percentile_is_judged_and_pointed_at() -> None:
    query = "FROM SkillExecution SELECT percentile(executionTime, 50, 950, 101)"
    found = findings(CHECK, build.condition(query=query))
    assert [query[one.start : one.end] for one in found if one.start is not None] == ["950", "101"]
