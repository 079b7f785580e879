"""Destinations, channels and workflows as they reach New Relic."""

from __future__ import annotations

import json
import re
from typing import Any

import pulumi
import pytest
from observability_specs import BASE_URL, TOKEN, context, observability, policy, policy_ids
from stack_mocks import SECRET, Recording, recorded, secret_marker

from infra.observability.channels import json_template
from infra.observability.destinations import rotation_digest
from infra.observability.notifications import Notifications, named_channels
from monitors.spec import (
    Destination,
    EmailChannel,
    EmailDestination,
    Enrichment,
    PagerDutyChannel,
    PagerDutyDestination,
    Priority,
    Setting,
    SettingKind,
    Severity,
    SlackChannel,
    SlackDestination,
    Trigger,
    WebhookChannel,
    WebhookDestination,
    Workflow,
)

KEY = "0123456789abcdef0123456789abcdef"
SLACK_ID = Setting(name="slackDestinationId", kind=SettingKind.UUID, meaning="The Slack workspace at New Relic.")
CHANNEL_ID = Setting(name="slackChannelId", kind=SettingKind.SLACK_CHANNEL, meaning="The channel for alerts.")
EMAILS = Setting(name="alertEmails", kind=SettingKind.EMAILS, meaning="Who gets mail about alerts.")

PAGER = PagerDutyDestination(key="pagerduty", name="PagerDuty SEV1", integration="sev1")
SLACK = SlackDestination(key="slack", id=SLACK_ID)
MAIL = EmailDestination(key="mail", name="The team", addresses=EMAILS)
HOOK = WebhookDestination(key="hook", name="Rollback", base_url=BASE_URL, path="/hooks/rollback", token=TOKEN)
PAGE = PagerDutyChannel(destination="pagerduty", summary="{{ issueTitle }}", details={"severity": "SEV1"})


def workflow(**changes: Any) -> Workflow:
    """A workflow that pages for one policy."""
    fields: dict[str, Any] = {
        "key": "page",
        "name": "Page (staging)",
        "severities": (Severity.SEV1,),
        "policies": ("page-sev1",),
        "priorities": (Priority.CRITICAL,),
        "channels": (PAGE,),
    }
    return Workflow(**{**fields, **changes})


def made(
    *workflows: Workflow,
    destinations: tuple[Destination, ...] = (PAGER, SLACK, MAIL, HOOK),
    key: str = KEY,
    opts: pulumi.ResourceOptions | None = None,
) -> Recording:
    """What the component registers."""
    spec = observability(policies=(policy(),), destinations=destinations, workflows=workflows)

    def program() -> None:
        keys = {"sev1": pulumi.Output.from_input(key)}
        Notifications("notifications", spec, policy_ids("page-sev1", "slack"), keys, context(), opts)

    return recorded(program)


def properties(recording: Recording, type_name: str, name: str) -> dict[str, str]:
    """The properties of a destination or channel, by key."""
    return {one["key"]: one["value"] for one in recording.of_type(type_name)[name].inputs["properties"]}


def test_a_pagerduty_destination_carries_the_integration_s_key_as_its_token() -> None:
    inputs = made().of_type("NotificationDestination")["pagerduty"].inputs
    assert inputs["type"] == "PAGERDUTY_SERVICE_INTEGRATION"
    assert inputs["authToken"] == {"prefix": "Token token=", "token": SECRET}
    assert inputs["properties"] == [{"key": "", "value": ""}]


def test_an_integration_key_becomes_a_secret_even_when_it_came_in_clear() -> None:
    recording = made()
    assert recording.of_type("NotificationDestination")["pagerduty"].secret_outputs == ("authToken",)
    assert KEY not in repr(recording)


def test_a_webhook_destination_has_the_whole_address_and_a_secret_bearer_token() -> None:
    recording = made()
    inputs = recording.of_type("NotificationDestination")["hook"].inputs
    assert inputs["authToken"] == {"prefix": "Bearer", "token": SECRET}
    assert properties(recording, "NotificationDestination", "hook") == {
        "url": "https://legal.example.com/hooks/rollback"
    }
    assert secret_marker(TOKEN) not in repr(recording)


def test_an_email_destination_has_its_addresses_in_one_property() -> None:
    assert properties(made(), "NotificationDestination", "mail") == {"email": "value-of-alertEmails"}


def test_no_slack_destination_is_made_since_only_a_person_can_connect_one() -> None:
    recording = made(workflow(channels=(SlackChannel(destination="slack", channel_id=CHANNEL_ID),)))
    assert set(recording.of_type("NotificationDestination")) == {"pagerduty", "mail", "hook"}
    channel = recording.of_type("NotificationChannel")["page-slack"].inputs
    assert (channel["type"], channel["destinationId"]) == ("SLACK", "value-of-slackDestinationId")
    assert properties(recording, "NotificationChannel", "page-slack") == {"channelId": "value-of-slackChannelId"}


def test_a_rotated_key_changes_the_destination_s_name_so_that_the_update_is_not_missed() -> None:
    def name(key: str) -> str:
        return str(made(key=key).of_type("NotificationDestination")["pagerduty"].inputs["name"])

    assert re.fullmatch(r"PagerDuty SEV1 \[[0-9a-f]{6}\]", name(KEY))
    assert name(KEY) == name(KEY)
    assert name(KEY) != name(KEY[::-1])


def test_two_destinations_with_the_same_key_do_not_show_that_they_share_it() -> None:
    assert rotation_digest(KEY, "one") != rotation_digest(KEY, "other")


def test_a_pagerduty_channel_says_a_summary_and_details() -> None:
    recording = made(workflow())
    channel = recording.of_type("NotificationChannel")["page-pagerduty"].inputs
    assert (channel["type"], channel["product"]) == ("PAGERDUTY_SERVICE_INTEGRATION", "IINT")
    assert channel["destinationId"] == "NotificationDestination:pagerduty"
    assert properties(recording, "NotificationChannel", "page-pagerduty") == {
        "summary": "{{ issueTitle }}",
        "customDetails": '{"severity": "SEV1"}',
    }


def test_an_email_channel_says_its_subject() -> None:
    recording = made(workflow(channels=(EmailChannel(destination="mail", subject="[staging] {{ issueTitle }}"),)))
    assert properties(recording, "NotificationChannel", "page-mail") == {"subject": "[staging] {{ issueTitle }}"}


def test_a_webhook_channel_sends_its_payload() -> None:
    recording = made(workflow(channels=(WebhookChannel(destination="hook", payload={"id": "{{json issueId}}"}),)))
    assert properties(recording, "NotificationChannel", "page-hook") == {"payload": '{"id": {{json issueId}}}'}


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        ("{{json issueId}}", "a1"),
        ("{{ json accumulations.conditionName }}", ["High Error Rate"]),
        ("issue {{issueId}} is open", "issue a1 is open"),
        ('he said "no"\nand left', 'he said "no"\nand left'),
        ("", ""),
    ],
)
def test_a_template_is_json_once_new_relic_has_filled_it_in(value: str, filled: object) -> None:
    text = json_template({"first": value, 'a "quoted" name': "x"})
    for template, replacement in (
        (r"\{\{json issueId\}\}", '"a1"'),
        (r"\{\{ json accumulations.conditionName \}\}", '["High Error Rate"]'),
        (r"\{\{issueId\}\}", "a1"),
    ):
        text = re.sub(template, replacement, text)
    assert json.loads(text) == {"first": filled, 'a "quoted" name': "x"}


def test_a_workflow_takes_the_issues_of_its_policies_and_priorities() -> None:
    spec = workflow(
        policies=("page-sev1", "slack"),
        priorities=(Priority.CRITICAL, Priority.HIGH),
        channels=(EmailChannel(destination="mail", subject="x"),),
    )
    assert made(spec).of_type("Workflow")["page"].inputs["issuesFilter"] == {
        "name": "Page (staging)",
        "type": "FILTER",
        "predicates": [
            {
                "attribute": "labels.policyIds",
                "operator": "EXACTLY_MATCHES",
                "values": ["id-of-page-sev1", "id-of-slack"],
            },
            {"attribute": "priority", "operator": "EQUAL", "values": ["CRITICAL", "HIGH"]},
        ],
    }


def test_a_workflow_is_on_and_says_what_it_tells_and_what_muting_does() -> None:
    spec = workflow(
        triggers=(Trigger.ACTIVATED, Trigger.ACKNOWLEDGED, Trigger.CLOSED), muted_issues="NOTIFY_ALL_ISSUES"
    )
    inputs = made(spec).of_type("Workflow")["page"].inputs
    assert inputs["enabled"] is True
    assert inputs["mutingRulesHandling"] == "NOTIFY_ALL_ISSUES"
    assert inputs["destinations"] == [
        {
            "channelId": "NotificationChannel:page-pagerduty",
            "notificationTriggers": ["ACTIVATED", "ACKNOWLEDGED", "CLOSED"],
        }
    ]


def test_enrichments_run_in_the_stack_s_account() -> None:
    spec = workflow(enrichments=(Enrichment(name="errors", query="SELECT count(*) FROM TransactionError"),))
    assert made(spec).of_type("Workflow")["page"].inputs["enrichments"] == {
        "nrqls": [
            {
                "name": "errors",
                "accountId": "1000001",
                "configurations": [{"query": "SELECT count(*) FROM TransactionError"}],
            }
        ]
    }


def test_every_workflow_has_channels_of_its_own_even_into_the_same_destination() -> None:
    recording = made(workflow(), workflow(key="again", name="Page again"))
    channels = recording.of_type("NotificationChannel")
    assert set(channels) == {"page-pagerduty", "again-pagerduty"}
    assert len({one.inputs["name"] for one in channels.values()}) == 2


def test_a_second_channel_into_the_same_destination_is_numbered() -> None:
    mails = tuple(EmailChannel(destination="mail", subject=subject) for subject in ("one", "two"))
    assert [name for name, _ in named_channels(workflow(channels=mails))] == ["page-mail", "page-mail-2"]


def test_destinations_and_channels_are_replaced_before_the_old_ones_go() -> None:
    seen: dict[str, bool | None] = {}

    def look(args: pulumi.ResourceTransformationArgs) -> None:
        seen[args.type_.rpartition(":")[2]] = args.opts.delete_before_replace

    made(workflow(), opts=pulumi.ResourceOptions(transformations=[look]))
    assert seen["NotificationDestination"] is False
    assert seen["NotificationChannel"] is False


def test_workflows_and_destinations_carry_the_stack_s_tags() -> None:
    recording = made(workflow(), destinations=(PAGER,))
    tags = [one for one in recording.registrations if one.type.endswith("EntityTags")]
    assert {one.inputs["guid"] for one in tags} == {"Workflow:page.guid", "NotificationDestination:pagerduty.guid"}
    assert all({"key": "managed-by", "values": ["pulumi"]} in one.inputs["tags"] for one in tags)
