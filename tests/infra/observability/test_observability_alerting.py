"""Policies and conditions as they reach New Relic."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from observability_specs import condition, context, observability, policy
from stack_mocks import recorded

from infra.observability.alerting import Alerting
from infra.observability.conditions import description
from monitors.spec import (
    Baseline,
    Cadence,
    EventFlow,
    EventTimer,
    Fill,
    IncidentPreference,
    LossOfSignal,
    NrqlCondition,
    Occurrences,
    Operator,
    Policy,
    Severity,
    Signal,
    Threshold,
)


def made(one: NrqlCondition) -> dict[str, Any]:
    """What New Relic is asked for, for one condition."""
    recording = recorded(lambda: _alerting(policy("page-sev1", one)))
    return dict(recording.of_type("NrqlAlertCondition")[one.key].inputs)


def _alerting(*policies: Policy, opts: pulumi.ResourceOptions | None = None) -> None:
    Alerting("alerting", observability(policies=policies), context(), opts)


def test_a_policy_says_its_incident_preference_because_the_default_swallows_incidents() -> None:
    policies = recorded(lambda: _alerting(policy("page-sev1"))).of_type("AlertPolicy")
    assert policies["page-sev1"].inputs["incidentPreference"] == IncidentPreference.PER_CONDITION_AND_TARGET


def test_a_condition_belongs_to_its_policy() -> None:
    recording = recorded(
        lambda: _alerting(policy("page-sev1", condition("one")), policy("page-sev2", condition("two")))
    )
    owners = {name: one.inputs["policyId"] for name, one in recording.of_type("NrqlAlertCondition").items()}
    assert owners == {"one": "AlertPolicy:page-sev1", "two": "AlertPolicy:page-sev2"}


def test_a_critical_threshold_reaches_new_relic_with_operator_value_duration_and_occurrences() -> None:
    assert made(condition())["critical"] == {
        "operator": "above",
        "threshold": 5,
        "thresholdDuration": 300,
        "thresholdOccurrences": "all",
    }


def test_a_warning_stands_beside_the_critical_threshold_and_only_where_there_is_one() -> None:
    term = Threshold(operator=Operator.ABOVE, value=3, duration_seconds=120, occurrences=Occurrences.AT_LEAST_ONCE)
    assert "warning" not in made(condition())
    assert made(condition(warning=term))["warning"] == {
        "operator": "above",
        "threshold": 3,
        "thresholdDuration": 120,
        "thresholdOccurrences": "at_least_once",
    }


@pytest.mark.parametrize(
    ("method", "said"),
    [
        (EventFlow(delay_seconds=90), {"aggregationMethod": "event_flow", "aggregationDelay": "90"}),
        (EventTimer(timer_seconds=45), {"aggregationMethod": "event_timer", "aggregationTimer": "45"}),
        (Cadence(delay_seconds=600), {"aggregationMethod": "cadence", "aggregationDelay": "600"}),
    ],
)
def test_a_window_closes_by_the_spec_s_method_with_its_own_time_and_no_other(method: Any, said: dict[str, str]) -> None:
    inputs = made(condition(signal=Signal(method=method)))
    fields = ("aggregationMethod", "aggregationDelay", "aggregationTimer")
    assert {name: inputs[name] for name in fields if name in inputs} == said


def test_window_slide_and_gap_filling_are_the_spec_s() -> None:
    signal = Signal(window_seconds=300, slide_seconds=60, fill=Fill(option="static", value=0))
    inputs = made(condition(signal=signal))
    said = {name: inputs[name] for name in ("aggregationWindow", "slideBy", "fillOption", "fillValue")}
    assert said == {"aggregationWindow": 300, "slideBy": 60, "fillOption": "static", "fillValue": 0}


def test_silence_opens_an_incident_when_the_spec_says_so() -> None:
    inputs = made(condition(loss_of_signal=LossOfSignal(after_seconds=180, open_incident=True)))
    assert inputs["expirationDuration"] == 180
    assert inputs["openViolationOnExpiration"] is True
    assert inputs["closeViolationsOnExpiration"] is False


def test_silence_does_nothing_when_the_spec_says_nothing() -> None:
    inputs = made(condition())
    assert "expirationDuration" not in inputs
    assert (inputs["openViolationOnExpiration"], inputs["closeViolationsOnExpiration"]) == (False, False)


def test_a_condition_is_static_unless_the_spec_compares_with_what_is_usual() -> None:
    baseline = Baseline(direction="upper_only", seasonality="weekly")
    inputs = made(condition(baseline=baseline))
    assert (inputs["type"], inputs["baselineDirection"], inputs["signalSeasonality"]) == (
        "baseline",
        "upper_only",
        "WEEKLY",
    )
    static = made(condition())
    assert static["type"] == "static"
    assert not {"baselineDirection", "signalSeasonality"} & static.keys()


def test_a_disabled_condition_with_a_time_limit_of_its_own_arrives_as_such() -> None:
    inputs = made(condition(enabled=False, violation_time_limit_seconds=3600))
    assert (inputs["enabled"], inputs["violationTimeLimitSeconds"]) == (False, 3600)


def test_the_runbook_address_is_the_section_below_the_stack_s_base() -> None:
    assert made(condition())["runbookUrl"] == ("https://runbooks.example/runbooks/incident-response.md#high-error-rate")


def test_the_description_says_severity_impact_owner_and_runbook() -> None:
    assert description(condition(), context()).splitlines() == [
        "SEV1: Every twentieth answer fails.",
        "Owner: ai-platform",
        "Runbook: https://runbooks.example/runbooks/incident-response.md#high-error-rate",
    ]


def test_conditions_carry_the_stack_s_tags_and_those_of_their_alert() -> None:
    recording = recorded(lambda: _alerting(policy("page-sev1", condition(severity=Severity.SEV2))))
    tags = recording.of_type("EntityTags")["high-error-rate"]
    assert tags.parent == "high-error-rate"
    assert tags.inputs["guid"] == "NrqlAlertCondition:high-error-rate.entityGuid"
    assert {tag["key"]: tag["values"] for tag in tags.inputs["tags"]} == {
        "alert": ["high-error-rate"],
        "env": ["staging"],
        "managed-by": ["pulumi"],
        "owner": ["ai-platform"],
        "service": ["legal-platform"],
        "severity": ["SEV2"],
        "team": ["platform"],
    }


def test_a_policy_is_tagged_even_where_a_condition_has_the_same_key() -> None:
    recording = recorded(lambda: _alerting(policy("same", condition("same"))))
    guids = [one.inputs["guid"] for one in recording.registrations if one.type.endswith("EntityTags")]
    assert sorted(guids) == ["AlertPolicy:same.entityGuid", "NrqlAlertCondition:same.entityGuid"]


def test_a_condition_of_another_type_is_made_before_the_old_one_is_deleted() -> None:
    seen: dict[str, bool | None] = {}

    def look(args: pulumi.ResourceTransformationArgs) -> None:
        seen[args.type_.rpartition(":")[2]] = args.opts.delete_before_replace

    recorded(lambda: _alerting(policy("page-sev1"), opts=pulumi.ResourceOptions(transformations=[look])))
    assert seen["NrqlAlertCondition"] is False


def test_policy_ids_are_handed_out_by_key() -> None:
    def program() -> None:
        alerting = Alerting("alerting", observability(policies=(policy("page-sev1"),)), context())
        pulumi.export("ids", dict(alerting.policy_ids))

    assert recorded(program).exports["ids"] == {"page-sev1": "AlertPolicy:page-sev1"}
