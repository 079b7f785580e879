"""catalogue/unknown-attribute: a name has to be with everything that the query reads at that place."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages, pointed

from monitors.rules.catalogue.unknown_attribute import CHECK

COUNT, COST = "`Custom/Skills/ExecutionCount`", "`Custom/Cost/RequestCost`"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("FROM SkillExecution SELECT average(duration)", "SkillExecution has no attribute duration."),
        (
            "FROM Metric SELECT max(`Custom/Service/Health`) FACET skillId",
            "Custom/Service/Health has no attribute skillId.",
        ),
        (
            f"FROM Metric SELECT sum({COUNT}), sum({COST}) FACET outcome",
            "Custom/Cost/RequestCost has no attribute outcome.",
        ),
        ("FROM SyntheticCheck SELECT count(*) WHERE results = 'FAILED'", "SyntheticCheck has no attribute results."),
        ("FROM Metric SELECT count(*) WHERE nothing = 'x'", "Metric has no attribute nothing."),
        ("FROM Log SELECT count(*) WHERE severity = 'error'", "Log has no attribute severity."),
    ],
)
def test_an_attribute_that_is_not_carried_is_found(query: str, message: str) -> None:
    assert messages(CHECK, build.condition(query=query)) == [message]


def test_a_filter_asks_its_own_metric_alone() -> None:
    query = f"FROM Metric SELECT filter(sum({COUNT}), WHERE outcome = 'error') / sum({COST})"
    assert messages(CHECK, build.condition(query=query)) == []
    wrong = f"FROM Metric SELECT filter(sum({COST}), WHERE outcome = 'error') / sum({COUNT})"
    assert messages(CHECK, build.condition(query=wrong)) == ["Custom/Cost/RequestCost has no attribute outcome."]


def test_the_advice_names_what_carries_the_attribute_and_what_is_known_here() -> None:
    (found,) = findings(
        CHECK, build.condition(query="FROM Metric SELECT max(`Custom/Service/Health`) FACET statusCode")
    )
    assert found.advice == (
        "statusCode is carried by Custom/Claude/ApiCallCount and Custom/Service/RequestCount. Known here: component, "
        "env, instance, service, version."
    )


def test_a_misspelt_attribute_is_answered_with_the_likely_one() -> None:
    (found,) = findings(CHECK, build.condition(query="FROM SkillExecution SELECT average(executionTme)"))
    assert found.advice == "Did you mean executionTime?"
    assert pointed(CHECK, build.condition(query="FROM SkillExecution SELECT average(executionTme)")) == ["executionTme"]


def test_an_event_type_that_takes_custom_attributes_is_asked_for_near_misses_alone() -> None:
    query = "FROM Transaction SELECT count(*) WHERE appNam = 'x' AND team = 'ai'"
    assert messages(CHECK, build.condition(query=query)) == ["Transaction has no attribute appNam."]


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) AS 'whole count' WHERE skillId IN ({{skill}}) FACET model",
        "FROM SkillExecution WITH cost * 2 AS twice SELECT average(twice)",
        "SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model)",
        "FROM SkillExecution, RolloutChange SELECT count(*) WHERE reason = 'load'",
        "FROM Metric SELECT average(x) WITH METRIC_FORMAT 'Custom/{label}'",
        "FROM Log SELECT count(*) WHERE service = 'x' AND level = 'error' FACET trace.id",
    ],
)
def test_labels_variables_bound_names_and_other_queries_are_not_taken_for_attributes(query: str) -> None:
    assert messages(CHECK, build.condition(query=query)) == []
