"""What a preview refuses, and what it lets pass as the real plugins do."""

from __future__ import annotations

from typing import Any

import pytest
from declared_resources import condition, destination, escalation, schedule, service_level
from stand_in_harness import Plugin

from sandbox.plugins.unknown import UNKNOWN

NEW_RELIC, PAGERDUTY = Plugin("newrelic"), Plugin("pagerduty")


def test_an_unknown_property_is_refused_with_the_one_that_was_meant() -> None:
    assert NEW_RELIC.refusal("NrqlAlertCondition", condition(agregationWindow=60)) == (
        'property "agregationWindow" is not one of NrqlAlertCondition; did you mean "aggregationWindow"?'
    )


def test_an_unknown_property_inside_an_object_is_refused_with_its_path() -> None:
    wrong = {"threshold": 5, "treshold_duration": 300}
    assert NEW_RELIC.refusal("NrqlAlertCondition", condition(critical=wrong)) == (
        'property "critical.treshold_duration" is not one of NrqlAlertConditionCritical; '
        'did you mean "thresholdDuration"?'
    )


def test_a_missing_required_property_is_named_with_its_resource() -> None:
    inputs = condition()
    del inputs["policyId"]
    assert NEW_RELIC.refusal("NrqlAlertCondition", inputs) == (
        'property "policyId" of NrqlAlertCondition is required and missing'
    )


def test_a_missing_property_of_one_entry_of_a_list_is_named_with_its_place() -> None:
    inputs = escalation("PUSER01")
    inputs["rules"].append({"targets": []})
    assert PAGERDUTY.refusal("EscalationPolicy", inputs) == (
        'property "rules.1.escalationDelayInMinutes" of EscalationPolicyRule is required and missing'
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"aggregationWindow": "soon"}, 'property "aggregationWindow" must be a whole number, not text'),
        ({"aggregationWindow": 60.5}, 'property "aggregationWindow" must be a whole number, not a number'),
        ({"enabled": "perhaps"}, 'property "enabled" must be true or false, not text'),
        ({"name": ["a"]}, 'property "name" must be text, not a list'),
        ({"critical": "above 5"}, 'property "critical" must be an object, not text'),
        ({"terms": {"threshold": 5}}, 'property "terms" must be a list, not an object'),
    ],
)
def test_a_value_of_another_type_is_refused(changed: dict[str, Any], problem: str) -> None:
    assert NEW_RELIC.refusal("NrqlAlertCondition", condition(**changed)) == problem


def test_every_wrong_property_is_told_at_once() -> None:
    told = NEW_RELIC.refusal("NrqlAlertCondition", {"name": "x", "wrong": 1})
    assert len(told.splitlines()) == 3


def test_numbers_and_texts_that_mean_the_same_are_taken_and_converted() -> None:
    inputs = condition(aggregationWindow="60", aggregationDelay=120, enabled="true")
    checked = NEW_RELIC.checked("NrqlAlertCondition", inputs)
    assert (checked["aggregationWindow"], checked["aggregationDelay"], checked["enabled"]) == (60, "120", True)


def test_a_value_that_is_not_known_yet_passes_wherever_it_stands() -> None:
    unknown = condition(policyId=UNKNOWN, critical={"threshold": UNKNOWN, "operator": UNKNOWN}, terms=UNKNOWN)
    unknown.pop("critical")
    assert NEW_RELIC.checked("NrqlAlertCondition", unknown)["policyId"] is UNKNOWN


@pytest.mark.parametrize(
    ("kind", "inputs", "problem"),
    [
        ("AlertPolicy", {"incidentPreference": "PER_TARGET"}, '"incidentPreference" value "PER_TARGET" is not one of'),
        ("NrqlAlertCondition", condition(type="dynamic"), '"type" value "dynamic" is not one of static, baseline'),
        ("NrqlAlertCondition", condition(aggregationMethod="flow"), '"aggregationMethod" value "flow" is not one of'),
        ("NrqlAlertCondition", condition(fillOption="zero"), '"fillOption" value "zero" is not one of none'),
        (
            "NrqlAlertCondition",
            condition(critical={"threshold": 1, "operator": "over"}),
            '"critical.operator" value "over" is not one of above',
        ),
        (
            "NrqlAlertCondition",
            condition(critical={"threshold": 1, "thresholdOccurrences": "once"}),
            '"critical.thresholdOccurrences" value "once" is not one of all, at_least_once',
        ),
        (
            "NrqlAlertCondition",
            condition(violationTimeLimitSeconds=60),
            '"violationTimeLimitSeconds" value 60 is outside 300 to 2592000',
        ),
        ("Monitor", {"status": "ENABLED", "type": "SIMPLE", "period": "EVERY_2_MINUTES"}, '"period" value'),
        ("OneDashboard", {"pages": [], "permissions": "public"}, '"permissions" value "public" is not one of private'),
        (
            "ServiceLevel",
            service_level("g", objective={"target": 99, "timeWindow": {"rolling": {"count": 30, "unit": "DAY"}}}),
            '"objective.timeWindow.rolling.count" value "30" is not one of 1, 7, 28',
        ),
        (
            "AlertMutingRule",
            {
                "enabled": True,
                "condition": {"operator": "AND", "conditions": []},
                "schedule": {"timeZone": "Etc/UTC", "startTime": "2026-01-31T22:00:00Z"},
            },
            '"schedule.startTime" value "2026-01-31T22:00:00Z" is no local time without an offset',
        ),
    ],
)
def test_what_new_relics_real_preview_finds_is_found(kind: str, inputs: dict[str, Any], problem: str) -> None:
    assert problem in NEW_RELIC.refusal(kind, inputs)


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("NrqlAlertCondition", condition(nrql={"query": "SELEKT"})),
        ("NrqlAlertCondition", condition(aggregationWindow=7)),
        ("NrqlAlertCondition", condition(type="baseline")),
        ("NrqlAlertCondition", {"policyId": "1", "nrql": {"query": "SELECT 1"}}),
        ("NrqlAlertCondition", condition(aggregationMethod="EVENT_TIMER", aggregationDelay="120")),
        (
            "ServiceLevel",
            service_level("g", objective={"target": 101, "timeWindow": {"rolling": {"count": 7, "unit": "DAY"}}}),
        ),
        ("NotificationDestination", {"type": "WEBHOOK", "properties": []}),
    ],
)
def test_what_new_relics_real_preview_misses_passes(kind: str, inputs: dict[str, Any]) -> None:
    NEW_RELIC.check(kind, inputs)


@pytest.mark.parametrize(
    ("kind", "inputs", "problem"),
    [
        ("Schedule", schedule("P1", timeZone="UTC"), 'property "timeZone" value "UTC" is no time zone that PagerDuty '),
        ("Schedule", schedule("P1", timeZone="UTC"), 'takes; use "Etc/UTC"'),
        ("Schedule", schedule("P1", timeZone="Mars/Base"), "use a name such as Europe/Paris"),
        ("EscalationPolicy", escalation("P1", numLoops=10), '"numLoops" value 10 is outside 0 to 9'),
        (
            "EscalationPolicy",
            escalation("P1", kind="team_reference"),
            '"rules.0.targets.0.type" value "team_reference"',
        ),
        ("TeamMembership", {"teamId": "P1", "userId": "P2", "role": "boss"}, '"role" value "boss" is not one of'),
    ],
)
def test_what_pagerdutys_real_preview_finds_is_found(kind: str, inputs: dict[str, Any], problem: str) -> None:
    assert problem in PAGERDUTY.refusal(kind, inputs)


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("EscalationPolicy", {"rules": []}),
        ("Service", {"escalationPolicy": "P1", "incidentUrgencyRule": {"type": "constant", "urgency": "loud"}}),
        ("Service", {"escalationPolicy": "P1", "autoResolveTimeout": "soon"}),
        ("Schedule", schedule("P1", timeZone="Etc/UTC")),
    ],
)
def test_what_pagerdutys_real_preview_misses_passes(kind: str, inputs: dict[str, Any]) -> None:
    PAGERDUTY.check(kind, inputs)


def test_defaults_are_filled_in_as_the_real_plugins_do() -> None:
    assert NEW_RELIC.checked("AlertPolicy", {"name": "p"})["incidentPreference"] == "PER_POLICY"
    checked = NEW_RELIC.checked("NrqlAlertCondition", condition(critical={"threshold": 5}))
    assert (checked["enabled"], checked["type"], checked["critical"]["operator"]) == (True, "static", "equals")
    service = PAGERDUTY.checked("Service", {"escalationPolicy": "P1"})
    assert (service["autoResolveTimeout"], service["acknowledgementTimeout"]) == ("14400", "1800")


def test_a_resource_without_a_name_gets_its_own_and_seven_digits() -> None:
    name = NEW_RELIC.checked("AlertPolicy", {})["name"]
    assert name.startswith("it-")
    assert len(name) == len("it-") + 7


def test_a_secret_value_is_in_no_problem() -> None:
    secret = "NOTIFICATION-seeded"
    told = NEW_RELIC.refusal("NotificationDestination", destination(type=secret), secrets=("type",))
    assert 'property "type" value "[secret]" is not one of' in told
    assert secret not in told
