"""condition/incident-preference: an open issue of the policy swallows what comes later."""

from __future__ import annotations

import spec_builders as build
from check_cases import findings, messages

from monitors import spec
from monitors.rules.condition.incident_preference import CHECK
from monitors.rules.problem import Level

FACETED = build.condition(query="FROM SkillExecution SELECT count(*) FACET model")


def test_one_issue_for_a_whole_policy_is_told() -> None:
    (found,) = findings(CHECK, build.policy(incident_preference=spec.IncidentPreference.PER_POLICY))
    assert (found.subject.key, found.level) == ("policy/page", None)
    assert found.message == (
        "PER_POLICY keeps one open issue for all 1 conditions: while it is open, nobody is notified of another. "
        "It is the provider's default."
    )
    assert found.advice == "Use IncidentPreference.PER_CONDITION_AND_TARGET."


def test_one_issue_for_all_facets_of_a_condition_is_noted() -> None:
    policy = build.policy(conditions=(FACETED,), incident_preference=spec.IncidentPreference.PER_CONDITION)
    (found,) = findings(CHECK, policy)
    assert found.level is Level.NOTE
    assert found.message == (
        "PER_CONDITION keeps one open issue for all facets of a condition: a second model or instance that "
        "fails is not notified."
    )


def test_one_issue_for_each_condition_is_let_be_where_nothing_is_faceted() -> None:
    assert messages(CHECK, build.policy(incident_preference=spec.IncidentPreference.PER_CONDITION)) == []


def test_one_issue_for_each_facet_is_let_be() -> None:
    assert messages(CHECK, build.policy(conditions=(FACETED,))) == []
