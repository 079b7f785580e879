"""What an event becomes, as the program registers it."""

from __future__ import annotations

import json

import pulumi
import pytest
from response_specs import SETTINGS, USER_IDS, a_response
from stack_mocks import SECRET, Recording, a_context, recorded

from infra.response import provision_response
from infra.response.paging import present
from monitors.spec import Response


@pytest.fixture(scope="module")
def recording() -> Recording:
    return _registered(a_response())


def _registered(response: Response) -> Recording:
    context = a_context(settings=SETTINGS, user_ids=USER_IDS)

    def program() -> None:
        outputs = provision_response(response, context)
        pulumi.export("keys", dict(outputs.integration_keys))
        pulumi.export("secrets", dict(outputs.webhook_secrets))
        pulumi.export("links", dict(outputs.service_links))

    return recorded(program)


def test_keys_and_signing_secrets_leave_the_component_as_secrets_by_the_keys_of_the_specs(
    recording: Recording,
) -> None:
    assert recording.exports["keys"] == {"new-relic": SECRET, "changes": SECRET, "events": SECRET}
    assert recording.exports["secrets"] == {"rollback": SECRET}


@pytest.mark.parametrize(
    ("kind", "name", "output"),
    [
        ("ServiceIntegration", "new-relic", "integrationKey"),
        ("ServiceIntegration", "changes", "integrationKey"),
        ("EventOrchestration", "events", "integrations"),
        ("EventOrchestrationIntegration", "events", "parameters"),
        ("WebhookSubscription", "rollback", "deliveryMethods"),
    ],
)
def test_what_the_provider_leaves_in_clear_is_encrypted_in_the_state(
    recording: Recording, kind: str, name: str, output: str
) -> None:
    assert output in recording.of_type(kind)[name].secret_outputs


def test_new_relic_gets_the_key_of_its_own_vendor_and_programs_one_of_the_events_api(recording: Recording) -> None:
    integrations = recording.of_type("ServiceIntegration")
    assert "type" not in integrations["new-relic"].inputs
    assert integrations["new-relic"].inputs["vendor"]
    assert "vendor" not in integrations["changes"].inputs
    assert integrations["changes"].inputs["type"] == "events_api_v2_inbound_integration"


def test_a_response_without_new_relic_looks_no_vendor_up() -> None:
    integrations = tuple(one for one in a_response().integrations if one.kind != "new_relic")
    assert list(_registered(a_response(integrations=integrations)).of_type("ServiceIntegration")) == ["changes"]


def test_only_services_with_a_window_and_with_rules_get_grouping_and_rules(recording: Recording) -> None:
    assert list(recording.of_type("Service")) == ["sev1", "sev2"]
    assert list(recording.of_type("AlertGroupingSetting")) == ["sev1"]
    assert list(recording.of_type("EventOrchestrationService")) == ["sev1"]


def test_events_are_routed_by_their_content_and_what_matches_nothing_goes_to_the_declared_service(
    recording: Recording,
) -> None:
    router = recording.of_type("EventOrchestrationRouter")["events"].inputs
    (rule,) = router["set"]["rules"]
    assert rule["conditions"] == [{"expression": "event.severity matches 'critical'"}]
    assert rule["actions"] == {"routeTo": "Service:sev1"}
    assert router["catchAll"] == {"actions": {"routeTo": "Service:sev2"}}


def test_a_webhook_tells_one_services_incidents_to_the_path_below_the_setting(recording: Recording) -> None:
    webhook = recording.of_type("WebhookSubscription")["rollback"].inputs
    assert webhook["deliveryMethods"] == [
        {"type": "http_delivery_method", "url": "https://legal.example/hooks/pagerduty"}
    ]
    assert webhook["filters"] == [{"type": "service_reference", "id": "Service:sev1"}]
    assert webhook["events"] == ["incident.triggered", "incident.resolved"]


def test_an_incident_workflow_is_started_by_its_condition_for_its_services_alone(recording: Recording) -> None:
    trigger = recording.of_type("IncidentWorkflowTrigger")["status"].inputs
    assert trigger == {
        "type": "conditional",
        "workflow": "IncidentWorkflow:status",
        "condition": "incident.urgency matches 'high'",
        "subscribedToAllServices": False,
        "services": ["Service:sev1"],
    }
    (step,) = recording.of_type("IncidentWorkflow")["status"].inputs["steps"]
    assert step["inputs"] == [{"name": "Message", "value": "Being worked on."}]


def test_services_are_linked_by_key(recording: Recording) -> None:
    assert set(recording.exports["links"]) == {"sev1", "sev2"}


def test_no_key_stands_in_clear_in_any_registered_input(recording: Recording) -> None:
    everything = json.dumps([dict(one.inputs) for one in recording.registrations])
    assert "routingKey" not in everything
    assert "integrationKey" not in everything


def test_a_signing_secret_that_an_import_did_not_bring_is_named_with_what_to_do() -> None:
    with pytest.raises(pulumi.RunError) as raised:
        present("", 'signing secret of webhook subscription "rollback"')
    assert str(raised.value) == (
        'PagerDuty did not return the signing secret of webhook subscription "rollback", as happens after an import. '
        "Delete the object and let the next update create it"
    )
