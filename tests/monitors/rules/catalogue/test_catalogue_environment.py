"""catalogue/environment: a stack's queries keep to its own environment."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings

from monitors.rules.catalogue.environment import CHECK


def told(query: str) -> list[tuple[str, str]]:
    found = findings(CHECK, build.condition(query=query), build.markdown())
    return [(one.message, one.advice) for one in found]


def test_a_query_of_every_environment_is_found() -> None:
    assert told("FROM SkillExecution SELECT count(*) WHERE outcome != 'success'") == [
        (
            "The query reads SkillExecution of every environment, and the stack is prod's alone.",
            "Add env = 'prod' to WHERE.",
        )
    ]


def test_a_query_of_another_environment_is_found() -> None:
    assert told("FROM Metric SELECT sum(`Custom/Skills/ExecutionCount`) WHERE env = 'staging'") == [
        ("The query of the prod stack reads 'staging': it speaks of another environment.", "Write env = 'prod'.")
    ]


def test_an_environment_in_one_branch_of_an_or_does_not_count() -> None:
    assert len(told("FROM SkillExecution SELECT count(*) WHERE env = 'prod' OR outcome = 'error'")) == 1


def test_a_query_within_a_query_is_judged_by_itself() -> None:
    assert len(told("SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n FACET model)")) == 1
    assert told("SELECT max(n) FROM (FROM SkillExecution SELECT count(*) AS n WHERE env = 'prod' FACET model)") == []


@pytest.mark.parametrize(
    "query",
    [
        "FROM SkillExecution SELECT count(*) WHERE outcome != 'success' AND env = 'prod'",
        "FROM SkillExecution SELECT count(*) FACET env",
        "FROM SkillExecution SELECT count(*) WHERE env = {{env}}",
        "FROM Log SELECT count(*) WHERE service IN ('legal-platform-web')",
        "FROM SyntheticCheck SELECT count(*) WHERE monitorName = 'Health'",
        "FROM NrAiIncident SELECT count(*)",
        "FROM Metric SELECT average(newrelic.sli.good) WHERE entity.guid = 'x'",
        "FROM SkillExecution SELECT count(*) WHERE env = 'production'",  # told by catalogue/impossible-value
    ],
)
def test_a_query_that_keeps_to_one_environment_is_fine(query: str) -> None:
    assert told(query) == []
