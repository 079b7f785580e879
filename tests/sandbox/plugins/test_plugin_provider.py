"""A stand-in's objects at a real account: made, read again, changed, imported and deleted, with their secrets."""

from __future__ import annotations

import asyncio
import json

import pytest
from accounts_harness import ServedAccount
from declared_resources import channel, condition, dashboard, destination, webhook, widget
from pulumi.provider.experimental import provider as engine
from stand_in_harness import CheckRefused, Plugin

from sandbox.plugins.client import StandInError
from sandbox.plugins.unknown import UNKNOWN
from sandbox.plugins.values import plain_map, property_map, secret_paths


@pytest.fixture
def new_relic(account: ServedAccount) -> Plugin:
    return Plugin("newrelic", account, accountId="4242424")


@pytest.fixture
def pagerduty(account: ServedAccount) -> Plugin:
    return Plugin("pagerduty", account)


def made_service(account: ServedAccount) -> str:
    account.ask("POST", "/pagerduty/_users", [{"id": "PUSER01", "name": "First on call", "email": "first@example.com"}])
    rules = [{"escalationDelayInMinutes": 15, "targets": [{"id": "PUSER01", "type": "user_reference"}]}]
    policy = account.make("EscalationPolicy", {"name": "Platform", "rules": rules}, vendor="pagerduty")["id"]
    return str(account.make("Service", {"name": "AI", "escalationPolicy": policy}, vendor="pagerduty")["id"])


def test_a_preview_knows_the_inputs_and_leaves_the_rest_open(new_relic: Plugin, account: ServedAccount) -> None:
    foreseen = new_relic.preview("OneDashboard", dashboard())
    assert foreseen["name"] == "Skills overview"
    assert foreseen["guid"] is UNKNOWN
    assert foreseen["permalink"] is UNKNOWN
    assert account.store.counts() == {}


def test_a_preview_leaves_open_what_the_vendor_adds_inside_an_input(pagerduty: Plugin) -> None:
    assert pagerduty.preview("WebhookSubscription", webhook("P1"))["deliveryMethods"][0]["secret"] is UNKNOWN


def test_a_preview_of_an_update_keeps_what_the_vendor_added_inside_an_input(
    pagerduty: Plugin, account: ServedAccount
) -> None:
    service = made_service(account)
    made = pagerduty.create("WebhookSubscription", webhook(service))
    foreseen = pagerduty.preview_update("WebhookSubscription", made, webhook(service, events=["incident.reopened"]))
    assert foreseen["events"] == ["incident.reopened"]
    assert foreseen["deliveryMethods"][0]["secret"] == made.plain["deliveryMethods"][0]["secret"]


def test_a_created_object_has_its_inputs_and_what_the_vendor_adds(new_relic: Plugin) -> None:
    policy = new_relic.create("AlertPolicy", {"name": "Skills"})
    made = new_relic.create("NrqlAlertCondition", condition(policyId=policy.object_id))
    assert made.object_id.startswith(f"{policy.object_id}:")
    assert made.plain["critical"]["threshold"] == 5
    assert made.plain["aggregationWindow"] == 60
    assert made.plain["aggregationDelay"] == "120"
    assert made.plain["violationTimeLimitSeconds"] == 259_200
    assert made.plain["accountId"] == "4242424"


def test_what_the_account_refuses_is_the_error(new_relic: Plugin) -> None:
    with pytest.raises(StandInError, match='"policyId" value "1000001" is the id of no AlertPolicy in this account'):
        new_relic.create("NrqlAlertCondition", condition())


def test_a_generated_name_stays_over_updates(new_relic: Plugin) -> None:
    made = new_relic.create("AlertPolicy", {})
    later = new_relic.check("AlertPolicy", {"incidentPreference": "PER_CONDITION"}, old=made)
    assert plain_map(later)["name"] == made.plain["name"]


def test_an_update_changes_the_object_and_keeps_its_id(new_relic: Plugin, account: ServedAccount) -> None:
    made = new_relic.create("AlertPolicy", {"name": "Skills"})
    changed = new_relic.update("AlertPolicy", made, {"name": "Skills 2"})
    assert changed.object_id == made.object_id
    assert account.ask("GET", f"/newrelic/AlertPolicy/{made.object_id}").json()["inputs"]["name"] == "Skills 2"


def test_an_update_of_an_object_that_is_gone_says_so(new_relic: Plugin, account: ServedAccount) -> None:
    made = new_relic.create("AlertPolicy", {"name": "Skills"})
    account.ask("DELETE", f"/newrelic/AlertPolicy/{made.object_id}")
    with pytest.raises(StandInError, match=f"has no AlertPolicy {made.object_id}"):
        new_relic.update("AlertPolicy", made, {"name": "Skills 2"})


def test_a_refresh_shows_what_was_changed_behind_the_back(new_relic: Plugin, account: ServedAccount) -> None:
    made = new_relic.create("AlertPolicy", {"name": "Skills"})
    account.ask("PUT", f"/newrelic/AlertPolicy/{made.object_id}", {"inputs": {"name": "by hand"}})
    assert plain_map(new_relic.read(made).properties)["name"] == "by hand"


def test_a_refresh_of_an_object_that_is_gone_finds_nothing(new_relic: Plugin) -> None:
    made = new_relic.create("AlertPolicy", {"name": "Skills"})
    new_relic.delete(made)
    assert new_relic.read(made).resource_id is None


def test_widgets_are_told_again_by_row_and_column(new_relic: Plugin) -> None:
    made = new_relic.create("OneDashboard", dashboard(widget("second", 4, 1), widget("first", 1, 1)))
    read = plain_map(new_relic.read(made).properties)
    assert [one["title"] for one in read["pages"][0]["widgetLines"]] == ["first", "second"]


def test_an_import_knows_inputs_and_outputs_by_the_id_alone(new_relic: Plugin) -> None:
    made = new_relic.create("AlertPolicy", {"name": "Skills"})
    answer = new_relic.import_("AlertPolicy", f"{made.object_id}:4242424")
    assert answer.resource_id == made.object_id
    assert plain_map(answer.inputs) == {"name": "Skills", "incidentPreference": "PER_POLICY"}
    assert "entityGuid" in plain_map(answer.properties)


def test_an_import_of_nothing_is_refused_with_the_id(new_relic: Plugin) -> None:
    with pytest.raises(StandInError, match="the sandbox has no AlertPolicy with the id 7 to import"):
        new_relic.import_("AlertPolicy", "7")


def test_a_destinations_token_is_secret_in_the_state_whether_or_not_the_program_says_so(new_relic: Plugin) -> None:
    made = new_relic.create("NotificationDestination", destination())
    assert secret_paths(made.properties) == {"authToken.token"}
    assert secret_paths(made.inputs) == {"authToken.token"}


def test_a_destinations_token_is_never_told_again_and_stays_in_the_state(
    new_relic: Plugin, account: ServedAccount
) -> None:
    made = new_relic.create("NotificationDestination", destination())
    assert "seededIntegrationKey" not in account.ask("GET", "/newrelic/NotificationDestination").text
    read = new_relic.read(made)
    assert plain_map(read.properties)["authToken"]["token"] == "seededIntegrationKey"
    assert secret_paths(read.properties) == {"authToken.token"}


def test_an_input_that_the_program_marks_secret_stays_secret_and_is_noted_at_the_account(
    pagerduty: Plugin, account: ServedAccount
) -> None:
    headers = [{"name": "Authorization", "value": "seededHeaderValue"}]
    inputs = webhook(made_service(account))
    inputs["deliveryMethods"][0]["customHeaders"] = headers
    made = pagerduty.create("WebhookSubscription", inputs, secrets=("deliveryMethods.0.customHeaders.0.value",))
    assert secret_paths(made.properties) == {"deliveryMethods.0.customHeaders.0.value"}
    assert secret_paths(pagerduty.read(made).properties) == {"deliveryMethods.0.customHeaders.0.value"}
    stored = account.store.find("pagerduty", "WebhookSubscription")[0].document
    assert stored["secret_paths"] == ["deliveryMethods.0.customHeaders.0.value"]
    assert "seededHeaderValue" not in json.dumps(stored["outputs"])


def test_integration_and_routing_keys_are_plain_as_in_the_real_plugin(
    pagerduty: Plugin, account: ServedAccount
) -> None:
    service = made_service(account)
    integration = pagerduty.create("ServiceIntegration", {"service": service, "vendor": "PSBNEWR"})
    assert len(integration.plain["integrationKey"]) == 32
    assert secret_paths(integration.properties) == set()
    orchestration = pagerduty.create("EventOrchestration", {"name": "Events"})
    assert orchestration.plain["integrations"][0]["parameters"][0]["routingKey"].startswith("R")


def test_the_sdks_own_secret_outputs_are_secret(new_relic: Plugin) -> None:
    made = new_relic.create("SecureCredential", {"key": "TOKEN", "value": "seededValue"})
    assert secret_paths(made.properties) == {"value"}


def test_a_secret_is_in_no_error_of_the_account(new_relic: Plugin) -> None:
    seeded = "workflow-seeded-name"
    policy = new_relic.create("NotificationDestination", destination())
    made = new_relic.create("NotificationChannel", channel(policy.object_id, name=seeded), secrets=("name",))
    assert new_relic.provider.clean(f"error about {seeded}") == "error about [secret]"
    assert made.plain["name"] == seeded


def test_a_setting_that_the_sdk_does_not_know_is_refused_with_the_one_that_was_meant(new_relic: Plugin) -> None:
    request = engine.CheckRequest("urn", {}, property_map({"acountId": "1", "version": "5.80.4"}), b"")
    answer = asyncio.run(new_relic.provider.check_config(request))
    assert [failure.reason for failure in answer.failures or []] == [
        '"newrelic:acountId" is not a setting; did you mean "accountId"?'
    ]


def test_a_look_up_that_the_sandbox_does_not_answer_is_told_with_those_it_does(pagerduty: Plugin) -> None:
    with pytest.raises(
        StandInError, match=r"does not answer the function .*getLicense; it answers .*getUser.*getVendor"
    ):
        pagerduty.invoke("pagerduty:index/getLicense:getLicense", name="x")


def test_the_schema_for_imports_names_every_resource_and_what_replaces_it(new_relic: Plugin) -> None:
    request = engine.GetSchemaRequest(0, None, None)
    schema = json.loads(asyncio.run(new_relic.provider.get_schema(request)).schema or "")
    assert len(schema["resources"]) == 70
    inputs = schema["resources"]["newrelic:index/nrqlAlertCondition:NrqlAlertCondition"]["inputProperties"]
    assert inputs["policyId"]["willReplaceOnChanges"] is True
    reference = inputs["critical"]["$ref"].removeprefix("#/types/")
    assert "threshold" in schema["types"][reference]["properties"]


def test_a_plugin_without_a_sandbox_still_checks() -> None:
    with pytest.raises(CheckRefused, match="did you mean"):
        Plugin("newrelic").check("AlertPolicy", {"nmae": "x"})


def test_a_resource_below_a_component_is_known_by_its_own_type(new_relic: Plugin) -> None:
    token = "legal-platform:observability:Alerting$newrelic:index/alertPolicy:AlertPolicy"
    urn = f"urn:pulumi:test::project::{token}::it"
    request = engine.CheckRequest(urn, {}, property_map({"name": "Page"}), b"seed")
    assert asyncio.run(new_relic.provider.check(request)).failures in (None, [])
