"""catalogue/unknown-metric: a name that nothing emits is found, whether in backquotes, bare, or as metricName."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages, pointed

from monitors.rules.catalogue.unknown_metric import CHECK


@pytest.mark.parametrize(
    ("query", "part", "advice"),
    [
        (
            "FROM Metric SELECT sum(`Custom/Skills/ExecutionCont`)",
            "`Custom/Skills/ExecutionCont`",
            "Did you mean `Custom/Skills/ExecutionCount`?",
        ),
        ("FROM Metric SELECT average(ExecutionTime)", "ExecutionTime", "Did you mean `Custom/Skills/ExecutionTime`?"),
        (
            "FROM Metric SELECT count(*) WHERE metricName = 'Custom/Skill/ExecutionCount'",
            "'Custom/Skill/ExecutionCount'",
            "Did you mean `Custom/Skills/ExecutionCount`?",
        ),
        (
            "FROM Metric SELECT sum(`Custom/Nothing/AtAll`)",
            "`Custom/Nothing/AtAll`",
            "service/metrics.py declares every metric; name one of those.",
        ),
    ],
)
def test_a_metric_that_nothing_emits_is_pointed_at_with_the_likely_one(query: str, part: str, advice: str) -> None:
    assert pointed(CHECK, build.condition(query=query)) == [part]
    (found,) = findings(CHECK, build.condition(query=query))
    assert found.advice == advice


@pytest.mark.parametrize(
    "query",
    [
        "FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`)",
        "FROM Metric SELECT 100 - sum(newrelic.sli.good) / sum(newrelic.sli.valid) * 100 WHERE entity.guid = 'x'",
        "FROM Metric SELECT average(newrelic.timeslice.value) WHERE metricTimesliceName = 'Custom/X' AND appName = 'x'",
        "FROM Metric SELECT uniqueCount(instance)",
        "FROM SkillExecution SELECT average(cost)",
    ],
)
def test_what_is_emitted_by_the_service_or_by_new_relic_is_fine(query: str) -> None:
    assert messages(CHECK, build.condition(query=query)) == []
