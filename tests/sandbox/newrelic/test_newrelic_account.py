"""Ids, links and refusals of New Relic's account in the sandbox."""

from __future__ import annotations

import re
from typing import Any

import pytest
from accounts_harness import ServedAccount
from declared_resources import channel, condition, dashboard, destination, service_level, widget, workflow

from sandbox.newrelic.guids import EntityGuid, parse_guid

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
SERVICE = str(EntityGuid("1000001", "APM", "APPLICATION", "7"))


def made_channel(account: ServedAccount) -> tuple[str, str]:
    destination_id = account.make("NotificationDestination", destination())["id"]
    return destination_id, account.make("NotificationChannel", channel(destination_id))["id"]


def refused_deletion(account: ServedAccount, kind: str, object_id: str) -> str:
    answer = account.ask("DELETE", f"/newrelic/{kind}/{object_id}")
    assert answer.status_code == 400
    return str(answer.json()["message"])


def test_a_policy_has_a_number_and_its_conditions_have_both_numbers(account: ServedAccount) -> None:
    policy = account.make("AlertPolicy", {"name": "Skills"})
    assert re.fullmatch(r"\d{7}", policy["id"])
    made = account.make("NrqlAlertCondition", condition(policyId=policy["id"]))
    number = made["id"].removeprefix(f"{policy['id']}:")
    assert parse_guid(made["outputs"]["entityGuid"]) == EntityGuid("1000001", "AIOPS", "CONDITION", number)


def test_destinations_channels_and_workflows_have_uuids(account: ServedAccount) -> None:
    destination_id, channel_id = made_channel(account)
    made = account.make("Workflow", workflow(channel_id))
    assert all(re.fullmatch(UUID, found) for found in (destination_id, channel_id, made["id"]))
    assert made["outputs"]["workflowId"] == made["id"]
    assert parse_guid(made["outputs"]["guid"]) == EntityGuid("1000001", "AIOPS", "WORKFLOW", made["id"])


def test_a_dashboards_id_is_its_guid_and_its_link_is_a_page_of_the_sandbox(account: ServedAccount) -> None:
    made = account.make("OneDashboard", dashboard(widget("Errors", 1, 1)))
    assert made["outputs"]["guid"] == made["id"]
    assert made["outputs"]["permalink"] == f"http://127.0.0.1:1/objects/newrelic/OneDashboard/{made['id']}"


def test_a_service_level_has_its_own_guid_beside_its_entitys(account: ServedAccount) -> None:
    made = account.make("ServiceLevel", service_level(SERVICE))
    number = made["outputs"]["sliId"]
    assert made["id"] == f"1000001:{number}:{SERVICE}"
    assert parse_guid(made["outputs"]["sliGuid"]) == EntityGuid("1000001", "EXT", "SERVICE_LEVEL", number)


def test_a_service_level_stands_on_a_monitor_by_the_monitors_id(account: ServedAccount) -> None:
    monitor = account.make("Monitor", {"name": "ping", "type": "SIMPLE", "status": "ENABLED", "period": "EVERY_HOUR"})
    assert account.make("ServiceLevel", service_level(monitor["id"]))["id"].endswith(monitor["id"])


def test_a_monitor_and_a_muting_rule_have_the_ids_that_the_plugin_knows(account: ServedAccount) -> None:
    monitor = account.make("Monitor", {"name": "ping", "type": "SIMPLE", "status": "ENABLED", "period": "EVERY_HOUR"})
    assert monitor["outputs"]["periodInMinutes"] == 60
    guid = parse_guid(monitor["id"])
    assert guid is not None
    assert (guid.domain, guid.type) == ("SYNTH", "MONITOR")
    rule = account.make("AlertMutingRule", {"enabled": True, "condition": {"operator": "AND", "conditions": []}})
    assert re.fullmatch(r"1000001:\d+", rule["id"])


def test_the_programs_account_number_is_in_every_guid(account: ServedAccount) -> None:
    body = {"inputs": {"name": "Skills"}, "settings": {"accountId": "4242424"}}
    guid = parse_guid(account.ask("POST", "/newrelic/AlertPolicy", body).json()["outputs"]["entityGuid"])
    assert guid is not None
    assert guid.account_id == "4242424"


def test_two_policies_may_share_a_name_and_two_workflows_may_not(account: ServedAccount) -> None:
    account.make("AlertPolicy", {"name": "Skills"})
    account.make("AlertPolicy", {"name": "Skills"})
    destination_id, channel_id = made_channel(account)
    first = account.make("Workflow", workflow(channel_id))["id"]
    other = account.make("NotificationChannel", channel(destination_id))["id"]
    assert account.refusal("Workflow", workflow(other)) == (
        f'"name" value "Pages" has already been taken, by Workflow {first}; choose another'
    )


def test_a_workflow_may_keep_its_name_and_channel_in_an_update(account: ServedAccount) -> None:
    _, channel_id = made_channel(account)
    made = account.make("Workflow", workflow(channel_id))
    body = {"inputs": workflow(channel_id, enabled=False)}
    assert account.ask("PUT", f"/newrelic/Workflow/{made['id']}", body).status_code == 200


def test_a_channel_belongs_to_one_workflow(account: ServedAccount) -> None:
    _, channel_id = made_channel(account)
    account.make("Workflow", workflow(channel_id))
    assert account.refusal("Workflow", workflow(channel_id, name="Another")) == (
        f'channel {channel_id} belongs to workflow "Pages" already; a channel belongs to one workflow'
    )


def test_a_workflow_takes_channels_of_the_product_iint_only(account: ServedAccount) -> None:
    destination_id, _ = made_channel(account)
    other = account.make("NotificationChannel", channel(destination_id, product="DISCUSSIONS"))["id"]
    assert f'channel "Page" ({other}) has not the product IINT' in account.refusal("Workflow", workflow(other))


@pytest.mark.parametrize(
    ("kind", "inputs", "refusal"),
    [
        ("NrqlAlertCondition", condition(policyId="7"), '"policyId" value "7" is the id of no AlertPolicy'),
        ("NotificationChannel", channel("7"), '"destinationId" value "7" is the id of no NotificationDestination'),
        ("Workflow", workflow("7"), '"destinations.0.channelId" value "7" is the id of no NotificationChannel'),
    ],
)
def test_what_an_object_refers_to_must_exist(
    account: ServedAccount, kind: str, inputs: dict[str, Any], refusal: str
) -> None:
    assert refusal in account.refusal(kind, inputs)


def test_a_channel_in_use_and_its_destination_refuse_to_be_deleted(account: ServedAccount) -> None:
    destination_id, channel_id = made_channel(account)
    made = account.make("Workflow", workflow(channel_id))["id"]
    assert refused_deletion(account, "NotificationChannel", channel_id) == (
        f'NotificationChannel {channel_id} cannot be deleted: Workflow "Pages" ({made}) uses it in '
        '"destinations.*.channelId"; change or delete that one first'
    )
    assert "NotificationChannel" in refused_deletion(account, "NotificationDestination", destination_id)
    for kind, object_id in (("Workflow", made), ("NotificationChannel", channel_id)):
        assert account.ask("DELETE", f"/newrelic/{kind}/{object_id}").status_code == 204
    assert account.ask("DELETE", f"/newrelic/NotificationDestination/{destination_id}").status_code == 204


def test_a_policys_conditions_go_with_it(account: ServedAccount) -> None:
    policy = account.make("AlertPolicy", {"name": "Skills"})["id"]
    account.make("NrqlAlertCondition", condition(policyId=policy))
    assert account.ask("DELETE", f"/newrelic/AlertPolicy/{policy}").status_code == 204
    assert account.store.counts() == {}


def test_tags_need_an_entity_that_was_provisioned_or_that_an_agent_reports(account: ServedAccount) -> None:
    tags = [{"key": "team", "values": ["platform"]}]
    policy = account.make("AlertPolicy", {"name": "Skills"})
    guid = policy["outputs"]["entityGuid"]
    assert account.make("EntityTags", {"guid": guid, "tags": tags})["id"] == guid
    account.make("EntityTags", {"guid": SERVICE, "tags": tags})
    gone = str(EntityGuid("1000001", "AIOPS", "POLICY", "7"))
    assert account.refusal("EntityTags", {"guid": gone, "tags": tags}) == (
        f'"guid" value "{gone}" (AIOPS POLICY 7) is of no entity in this account'
    )
    assert account.refusal("EntityTags", {"guid": "x", "tags": tags}) == '"guid" value "x" is no entity guid'


@pytest.mark.parametrize("kind", ["SLACK", "SLACK_COLLABORATION"])
def test_a_slack_destination_cannot_be_created(account: ServedAccount, kind: str) -> None:
    assert f'a destination of the type "{kind}" cannot be created here: connect Slack' in account.refusal(
        "NotificationDestination", destination(type=kind)
    )


def test_a_slack_destination_that_a_person_connected_has_channels(account: ServedAccount) -> None:
    for _ in range(2):
        seed = {"id": "slack-1", "name": "Legal"}
        assert account.ask("POST", "/newrelic/_slack_destination", seed).status_code == 204
    assert account.store.counts() == {"newrelic": {"NotificationDestination": 1}}
    account.make("NotificationChannel", channel("slack-1", type="SLACK"))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"authToken": None}, 'destination "PagerDuty" needs "authToken", with PagerDuty\'s integration key'),
        ({"type": "EMAIL"}, 'destination "PagerDuty" needs a property "email"'),
        ({"type": "WEBHOOK"}, 'destination "PagerDuty" needs a property "url", or "secureUrl"'),
    ],
)
def test_a_destination_without_what_it_needs_is_refused(
    account: ServedAccount, changed: dict[str, Any], refusal: str
) -> None:
    assert refusal in account.refusal("NotificationDestination", destination(**changed))


def test_a_webhooks_payload_must_be_json(account: ServedAccount) -> None:
    properties = [{"key": "payload", "value": "{not json"}]
    hook = account.make(
        "NotificationDestination",
        destination(type="WEBHOOK", properties=[{"key": "url", "value": "https://x.example"}]),
    )
    refused = account.refusal("NotificationChannel", channel(hook["id"], type="WEBHOOK", properties=properties))
    assert refused == 'property "payload" of channel "Page" is no valid JSON'


def test_a_webhooks_payload_may_leave_places_for_new_relic_to_fill(account: ServedAccount) -> None:
    properties = [{"key": "payload", "value": '{"id": {{json issueId}}, "title": "{{ annotations.title.[0] }}"}'}]
    hook = account.make(
        "NotificationDestination",
        destination(type="WEBHOOK", properties=[{"key": "url", "value": "https://x.example"}]),
    )
    assert account.make("NotificationChannel", channel(hook["id"], type="WEBHOOK", properties=properties))["id"]


def test_a_widget_past_the_twelfth_column_is_refused(account: ServedAccount) -> None:
    assert account.refusal("OneDashboard", dashboard(widget("Cost", 4, 9, width=9))) == (
        'widget "Cost" of page "Overview" stands in columns 9 to 17; a page has 12'
    )


def test_a_service_level_needs_a_possible_target_and_good_or_bad_events(account: ServedAccount) -> None:
    events = {**service_level(SERVICE)["events"], "badEvents": {"from": "SkillExecution"}}
    objective = {**service_level(SERVICE)["objective"], "target": 101}
    told = account.refusal("ServiceLevel", service_level(SERVICE, events=events, objective=objective))
    assert '"objective.target" value 101 is no percentage' in told
    assert 'needs either "events.goodEvents" or "events.badEvents", and not both' in told


def test_a_credential_of_the_same_key_is_refused_and_its_value_never_told(account: ServedAccount) -> None:
    account.make("SecureCredential", {"key": "TOKEN", "value": "seededValue"})
    told = account.refusal("SecureCredential", {"key": "TOKEN", "value": "seededValue"})
    assert '"key" value "TOKEN" has already been taken' in told
    assert "seededValue" not in account.ask("GET", "/newrelic/SecureCredential").text


def test_a_kind_without_rules_of_its_own_is_stored_and_read_again(account: ServedAccount) -> None:
    made = account.make("NrqlDropRule", {"action": "drop_data", "nrql": "SELECT * FROM Log"})
    assert account.ask("GET", f"/newrelic/NrqlDropRule/{made['id']}").json()["inputs"]["action"] == "drop_data"
