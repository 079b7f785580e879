"""The stand-ins under the real Pulumi engine, from a first preview to the last delete."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pulumi
import pulumi_newrelic as newrelic
import pulumi_pagerduty as pagerduty
import pytest
from accounts_harness import PLUGINS, ServedAccount, stack
from pulumi import automation as auto
from pulumi.automation._stack import ImportResource

pytestmark = pytest.mark.engine

HEADER = "seededHeaderValue"


def program(*, threshold: float = 5, token: str | None = None, import_team: str | None = None) -> Callable[[], None]:
    """A page path from a condition to a person, with a webhook back and a dashboard."""

    def run() -> None:
        service = _people(import_team)
        vendor = pagerduty.get_vendor(name="New Relic")
        hidden = pulumi.ResourceOptions(additional_secret_outputs=["integrationKey"])
        integration = pagerduty.ServiceIntegration("nr", name="NR", service=service.id, vendor=vendor.id, opts=hidden)
        _webhook(service)
        policy = newrelic.AlertPolicy("policy", name="Skills")
        condition = newrelic.NrqlAlertCondition(
            "errors",
            name="Errors",
            policy_id=policy.id,
            nrql={"query": "SELECT count(*) FROM SkillExecution"},
            critical={"operator": "above", "threshold": threshold, "threshold_duration": 300},
        )
        newrelic.EntityTags("tags", guid=condition.entity_guid, tags=[{"key": "team", "values": ["platform"]}])
        destination = newrelic.NotificationDestination(
            "pagerduty",
            type="PAGERDUTY_SERVICE_INTEGRATION",
            auth_token={"prefix": "Token token=", "token": token or integration.integration_key},
            properties=[{"key": "", "value": ""}],
        )
        channel = newrelic.NotificationChannel(
            "page",
            type="PAGERDUTY_SERVICE_INTEGRATION",
            product="IINT",
            destination_id=destination.id,
            properties=[{"key": "summary", "value": "{{ issueTitle }}"}],
        )
        predicate = newrelic.WorkflowIssuesFilterPredicateArgs(
            attribute="labels.policyIds", operator="EXACTLY_MATCHES", values=[policy.id]
        )
        newrelic.Workflow(
            "pages",
            muting_rules_handling="NOTIFY_ALL_ISSUES",
            destinations=[{"channel_id": channel.id}],
            issues_filter=newrelic.WorkflowIssuesFilterArgs(name="filter", type="FILTER", predicates=[predicate]),
        )
        pulumi.export("key", integration.integration_key)

    return run


def _people(import_team: str | None) -> pagerduty.Service:
    user = pagerduty.get_user(email="first@example.com")
    team = pagerduty.Team(
        "team", name="Platform", description="On call", opts=pulumi.ResourceOptions(import_=import_team)
    )
    layer = pagerduty.ScheduleLayerArgs(
        start="2026-01-05T09:00:00Z",
        rotation_virtual_start="2026-01-05T09:00:00Z",
        rotation_turn_length_seconds=86_400,
        users=[user.id],
    )
    schedule = pagerduty.Schedule("primary", time_zone="Etc/UTC", layers=[layer], teams=[team.id])
    target = pagerduty.EscalationPolicyRuleTargetArgs(id=schedule.id, type="schedule_reference")
    rule = pagerduty.EscalationPolicyRuleArgs(escalation_delay_in_minutes=15, targets=[target])
    escalation = pagerduty.EscalationPolicy("platform", num_loops=2, rules=[rule], teams=team.id)
    return pagerduty.Service("ai", name="AI service", escalation_policy=escalation.id)


def _webhook(service: pagerduty.Service) -> None:
    header = pagerduty.WebhookSubscriptionDeliveryMethodCustomHeaderArgs(
        name="Authorization", value=pulumi.Output.secret(HEADER)
    )
    method = pagerduty.WebhookSubscriptionDeliveryMethodArgs(
        url="https://ai.example/hook", type="http_delivery_method", custom_headers=[header]
    )
    pagerduty.WebhookSubscription(
        "rollback",
        delivery_methods=[method],
        events=["incident.triggered"],
        filters=[{"id": service.id, "type": "service_reference"}],
    )


def changed(result: auto.UpResult | auto.RefreshResult | auto.DestroyResult) -> dict[str, int]:
    """How many resources each operation was for, those that stayed left out."""
    counts = result.summary.resource_changes or {}
    return {str(getattr(name, "value", name)): count for name, count in counts.items() if str(name) != "same"}


@pytest.fixture
def seeded(account: ServedAccount) -> ServedAccount:
    account.ask("POST", "/pagerduty/_users", [{"id": "PUSER01", "name": "First on call", "email": "first@example.com"}])
    return account


def test_a_program_lives_through_preview_up_update_loss_refresh_and_destroy(
    seeded: ServedAccount, tmp_path: Path
) -> None:
    made = stack(seeded, tmp_path, program())
    assert made.preview().change_summary == {"create": 13}
    assert seeded.store.counts() == {"pagerduty": {"User": 1}}

    first = made.up()
    assert changed(first) == {"create": 13}
    assert len(first.outputs["key"].value) == 32
    assert changed(made.up()) == {}, "a second up changes nothing"

    made.workspace.program = program(threshold=7)
    again = made.up()
    assert changed(again) == {"update": 1}
    assert "critical" in again.stdout

    made.workspace.program = program(threshold=7, token="another-integration-key")
    assert changed(made.up()) == {}, "a destination's token is never told again, so its change cannot be seen"

    condition = seeded.store.find("newrelic", "NrqlAlertCondition")[0].id
    assert seeded.ask("DELETE", f"/newrelic/NrqlAlertCondition/{condition}").status_code == 204
    assert changed(made.refresh()) == {"delete": 1}
    restored = made.up()
    assert changed(restored)["create"] == 1
    assert seeded.store.find("newrelic", "NrqlAlertCondition")[0].id != condition

    assert changed(made.destroy()) == {"delete": 13}
    assert seeded.store.counts() == {"pagerduty": {"User": 1}}


def test_no_secret_stands_in_clear_in_the_state_or_in_the_output(seeded: ServedAccount, tmp_path: Path) -> None:
    made = stack(seeded, tmp_path, program())
    result = made.up()
    key = result.outputs["key"].value
    stored = "\n".join(file.read_text() for file in (tmp_path / "state").rglob("*.json"))
    assert "NrqlAlertCondition" in stored
    for secret in (HEADER, key):
        assert secret not in stored
        assert secret not in result.stdout + result.stderr


def test_an_author_mistake_is_a_preview_error_that_names_the_resource(seeded: ServedAccount, tmp_path: Path) -> None:
    def wrong() -> None:
        newrelic.AlertPolicy("policy", incident_preference="PER_TARGET")

    with pytest.raises(auto.CommandError) as error:
        stack(seeded, tmp_path, wrong).preview()
    assert "newrelic:index/alertPolicy:AlertPolicy resource 'policy'" in str(error.value)
    assert 'property "incidentPreference" value "PER_TARGET" is not one of PER_POLICY' in str(error.value)


def test_an_existing_object_is_imported_by_its_id(seeded: ServedAccount, tmp_path: Path) -> None:
    team = seeded.make("Team", {"name": "Platform", "description": "On call"}, vendor="pagerduty")["id"]
    result = stack(seeded, tmp_path, program(import_team=team)).up()
    assert changed(result) == {"create": 12, "import": 1}
    assert [found.id for found in seeded.store.find("pagerduty", "Team")] == [team]


def test_the_import_command_brings_an_object_into_the_stack(seeded: ServedAccount, tmp_path: Path) -> None:
    policy = seeded.make("AlertPolicy", {"name": "Skills", "incidentPreference": "PER_CONDITION"})["id"]
    made = stack(seeded, tmp_path, program())
    wanted = ImportResource(id=policy, type="newrelic:index/alertPolicy:AlertPolicy", name="policy")
    made.import_resources(resources=[wanted], generate_code=False, protect=False)
    deployment = made.export_stack().deployment
    assert deployment is not None
    (found,) = [one for one in deployment["resources"] if "alertPolicy" in one["type"]]
    assert (found["id"], found["inputs"]["name"]) == (policy, "Skills")


def test_a_plugin_killed_while_it_creates_leaves_one_object_at_most(seeded: ServedAccount, tmp_path: Path) -> None:
    def one_policy() -> None:
        newrelic.AlertPolicy("policy", name="Skills")

    seeded.controls.add_fault({"kind": "request", "method": "POST", "path": "/accounts/**", "delay_seconds": 1.5})
    made = stack(seeded, tmp_path, one_policy)
    killer = threading.Thread(target=_kill_plugin_in_the_middle_of, args=(seeded,))
    killer.start()
    with pytest.raises(auto.CommandError):
        made.up()
    killer.join()
    time.sleep(1.6)
    assert len(seeded.store.find("newrelic", "AlertPolicy")) <= 1


def _kill_plugin_in_the_middle_of(account: ServedAccount) -> None:
    """Wait until the create has reached the account, then kill every plugin this process's engine started."""
    while account.controls.waiting_faults():
        time.sleep(0.02)
    for child in psutil.Process().children(recursive=True):
        if any(str(PLUGINS) in part for part in child.cmdline()):
            child.kill()


def test_what_the_account_refuses_fails_the_up_with_the_accounts_words(seeded: ServedAccount, tmp_path: Path) -> None:
    seeded.make("Team", {"name": "Platform"}, vendor="pagerduty")
    with pytest.raises(auto.CommandError, match='"name" value "Platform" has already been taken, by Team P'):
        stack(seeded, tmp_path, program()).up()


def test_without_a_running_sandbox_the_error_names_the_command_that_starts_one(
    seeded: ServedAccount, tmp_path: Path
) -> None:
    made = stack(seeded, tmp_path, program())
    made.workspace.env_vars = {**made.workspace.env_vars, "LOOKOUT_SANDBOX_TOKEN": ""}
    with pytest.raises(auto.CommandError, match=r"these are the sandbox's stand-ins .* `lookout sandbox start`"):
        made.preview()
