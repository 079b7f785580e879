"""condition/repeated-condition: two conditions of a policy open on the same values of the same query."""

from __future__ import annotations

import pytest
import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.repeated_condition import CHECK

FIRST = build.condition(query="FROM SkillExecution SELECT count(*) WHERE env = 'prod'")


def test_a_copy_is_found_however_its_query_is_written() -> None:
    copy = build.condition(key="again", name="Again", query="select COUNT( * )  from SkillExecution where env='prod'")
    (found,) = findings(CHECK, FIRST, copy)
    assert (found.subject.key, found.field) == ("condition/again", "query")
    assert found.message == (
        '"high-errors" asks the same of the same query: whatever opens one opens the other, and is told twice.'
    )
    assert found.advice == "Delete one of them, or give it the threshold or severity that was meant."


@pytest.mark.parametrize(
    "changes",
    [
        {"query": "FROM SkillExecution SELECT count(*) WHERE env = 'staging'"},
        {"critical": build.threshold(value=9)},
        {"severity": spec.Severity.SEV2},
        {"signal": spec.Signal(window_seconds=300)},
    ],
)
def test_what_differs_in_anything_that_opens_it_is_let_be(changes: dict[str, object]) -> None:
    other = build.condition(**{"key": "again", "name": "Again", "query": FIRST.query, **changes})
    assert messages(CHECK, FIRST, other) == []


def test_the_same_condition_in_another_policy_is_let_be() -> None:
    again = FIRST.model_copy(update={"key": "again", "runbook": build.runbook_section(anchor="again")})
    policies = (build.policy(conditions=(FIRST,)), build.policy(key="other", name="Other", conditions=(again,)))
    assert messages(CHECK, *policies) == []


def test_broken_queries_are_left_to_query_syntax() -> None:
    broken = [build.condition(key=key, name=key, query="FROM SkillExecution SELECT (") for key in ("one", "two")]
    assert messages(CHECK, *broken) == []
