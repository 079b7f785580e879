"""catalogue/unknown-event-type: what neither the service nor New Relic records is found, with the likely name."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages, pointed

from monitors.rules.catalogue.unknown_event_type import CHECK


def test_an_event_type_that_nothing_records_is_pointed_at() -> None:
    query = "FROM SkillRun SELECT count(*) WHERE env = 'prod'"
    assert messages(CHECK, build.condition(query=query)) == [
        "Nothing records the event type SkillRun: the query would find no row, ever."
    ]
    assert pointed(CHECK, build.condition(query=query)) == ["SkillRun"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("SkillExecutions", "Did you mean SkillExecution?"),
        ("Metrics", "Did you mean Metric?"),
        ("SyntheticsCheck", "Did you mean SyntheticCheck?"),
    ],
)
def test_a_misspelt_event_type_is_answered_with_the_likely_one(name: str, advice: str) -> None:
    (found,) = findings(CHECK, build.condition(query=f"FROM {name} SELECT count(*)"))
    assert found.advice == advice


def test_an_event_type_within_a_query_in_from_is_found_too() -> None:
    query = "SELECT max(n) FROM (FROM SkillRun SELECT count(*) AS n FACET model)"
    assert pointed(CHECK, build.condition(query=query)) == ["SkillRun"]


@pytest.mark.parametrize(
    "name", ["Metric", "SkillExecution", "Log", "Log_legal", "Transaction", "NrAiIncident", "AwsLambdaSample"]
)
def test_what_is_recorded_is_fine(name: str) -> None:
    assert messages(CHECK, build.condition(query=f"FROM {name} SELECT count(*)")) == []
