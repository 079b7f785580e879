"""Ids, keys, links and refusals of PagerDuty's account in the sandbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from accounts_harness import ServedAccount
from declared_resources import escalation, schedule, webhook

from sandbox.pagerduty.account import object_id

PERSON = {"id": "PUSER01", "name": "First on call", "email": "first@example.com"}


@pytest.fixture
def person(account: ServedAccount) -> str:
    assert account.ask("POST", "/pagerduty/_users", [PERSON]).status_code == 204
    return "PUSER01"


@pytest.fixture
def make(account: ServedAccount, person: str) -> Callable[..., Any]:
    def make_(kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
        return account.make(kind, inputs, vendor="pagerduty")

    return make_


@pytest.fixture
def refusal(account: ServedAccount, person: str) -> Callable[..., str]:
    def refusal_(kind: str, inputs: dict[str, Any]) -> str:
        return account.refusal(kind, inputs, vendor="pagerduty")

    return refusal_


@pytest.fixture
def service(make: Callable[..., Any]) -> str:
    schedule_id = make("Schedule", schedule("PUSER01"))["id"]
    policy_id = make("EscalationPolicy", escalation(schedule_id))["id"]
    return str(make("Service", {"name": "AI service", "escalationPolicy": policy_id})["id"])


def only(account: ServedAccount, kind: str) -> str:
    (found,) = account.store.find("pagerduty", kind)
    return found.id


def test_ids_are_p_and_six_capitals_or_digits_and_never_the_same() -> None:
    ids = [object_id(number) for number in range(1, 5001)]
    assert all(re.fullmatch(r"P[0-9A-Z]{6}", found) for found in ids)
    assert len(set(ids)) == len(ids)


def test_a_service_has_a_link_to_its_page_in_the_sandbox(account: ServedAccount, service: str) -> None:
    told = account.ask("GET", f"/pagerduty/Service/{service}").json()["outputs"]
    assert told["htmlUrl"] == f"http://127.0.0.1:1/objects/pagerduty/Service/{service}"
    assert (told["status"], told["type"]) == ("active", "service")


def test_an_integration_key_is_32_hexadecimal_digits_and_stays_over_updates(
    account: ServedAccount, make: Callable[..., Any], service: str
) -> None:
    made = make("ServiceIntegration", {"name": "NR", "service": service, "vendor": "PSBNEWR"})
    key = made["outputs"]["integrationKey"]
    assert re.fullmatch(r"[0-9a-f]{32}", key)
    body = {"inputs": {"name": "New Relic", "service": service, "vendor": "PSBNEWR"}}
    changed = account.ask("PUT", f"/pagerduty/ServiceIntegration/{made['id']}", body).json()
    assert changed["outputs"]["integrationKey"] == key
    other = make(
        "ServiceIntegration", {"name": "Other", "service": service, "type": "events_api_v2_inbound_integration"}
    )
    assert other["outputs"]["integrationKey"] != key


def test_a_webhooks_signing_secret_stays_over_updates(
    account: ServedAccount, make: Callable[..., Any], service: str
) -> None:
    made = make("WebhookSubscription", webhook(service))
    secret = made["outputs"]["deliveryMethods"][0]["secret"]
    assert re.fullmatch(r"[0-9a-f]{64}", secret)
    body = {"inputs": webhook(service, description="changed")}
    changed = account.ask("PUT", f"/pagerduty/WebhookSubscription/{made['id']}", body).json()
    assert changed["outputs"]["deliveryMethods"][0]["secret"] == secret


def test_an_orchestration_has_a_default_integration_with_a_routing_key(make: Callable[..., Any]) -> None:
    made = make("EventOrchestration", {"name": "Events"})
    (integration,) = made["outputs"]["integrations"]
    assert integration["label"] == "Events Default Integration"
    assert re.fullmatch(r"R[0-9A-F]{31}", integration["parameters"][0]["routingKey"])


def test_an_added_integration_of_an_orchestration_has_its_own_key(make: Callable[..., Any]) -> None:
    made = make("EventOrchestration", {"name": "Events"})
    added = make("EventOrchestrationIntegration", {"eventOrchestration": made["id"], "label": "Changes"})
    key = added["outputs"]["parameters"][0]["routingKey"]
    assert key != made["outputs"]["integrations"][0]["parameters"][0]["routingKey"]


@pytest.mark.parametrize(
    ("kind", "inputs"), [("Team", {"name": "Platform"}), ("Schedule", schedule("PUSER01")), ("User", PERSON)]
)
def test_a_name_is_taken_once(
    account: ServedAccount,
    make: Callable[..., Any],
    refusal: Callable[..., str],
    kind: str,
    inputs: dict[str, Any],
) -> None:
    if kind != "User":
        make(kind, inputs)
    field = "email" if kind == "User" else "name"
    assert refusal(kind, inputs) == (
        f'"{field}" value "{inputs[field]}" has already been taken, by {kind} {only(account, kind)}; choose another'
    )


def test_services_and_escalation_policies_are_named_once(refusal: Callable[..., str], service: str) -> None:
    assert '"name" value "Platform" has already been taken' in refusal("EscalationPolicy", escalation("PX"))
    told = refusal("Service", {"name": "AI service", "escalationPolicy": "PX"})
    assert '"name" value "AI service" has already been taken' in told


@pytest.mark.parametrize(
    ("kind", "inputs", "told"),
    [
        ("Schedule", schedule("PNOBODY"), '"layers.0.users.0" value "PNOBODY" is the id of no User'),
        (
            "EscalationPolicy",
            escalation("PX"),
            '"rules.0.targets.0.id" value "PX" is the id of no Schedule or Schedulev2',
        ),
        (
            "EscalationPolicy",
            escalation("PX", "user_reference"),
            '"rules.0.targets.0.id" value "PX" is the id of no User',
        ),
        (
            "Service",
            {"name": "s", "escalationPolicy": "PX"},
            '"escalationPolicy" value "PX" is the id of no Escalation',
        ),
        (
            "ServiceIntegration",
            {"name": "i", "service": "PX", "vendor": "PSBNEWR"},
            '"service" value "PX" is the id of no',
        ),
        ("TeamMembership", {"teamId": "PX", "userId": "PUSER01"}, '"teamId" value "PX" is the id of no Team'),
        ("WebhookSubscription", webhook("PX"), '"filters.0.id" value "PX" is the id of no Service'),
    ],
)
def test_what_an_object_refers_to_must_exist(
    refusal: Callable[..., str], kind: str, inputs: dict[str, Any], told: str
) -> None:
    assert told in refusal(kind, inputs)


@pytest.mark.parametrize(
    ("kind", "holder", "place"),
    [
        ("EscalationPolicy", "Service", "escalationPolicy"),
        ("Schedule", "EscalationPolicy", "rules.*.targets.*.id"),
        ("User", "Schedule", "layers.*.users.*"),
    ],
)
def test_what_another_object_needs_refuses_to_be_deleted(
    account: ServedAccount, service: str, kind: str, holder: str, place: str
) -> None:
    answer = account.ask("DELETE", f"/pagerduty/{kind}/{only(account, kind)}")
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(f"{kind} {only(account, kind)} cannot be deleted: {holder} ")
    assert f'uses it in "{place}"; change or delete that one first' in answer.json()["message"]


def test_a_team_with_an_escalation_policy_refuses_to_be_deleted(
    account: ServedAccount, make: Callable[..., Any], person: str
) -> None:
    team = make("Team", {"name": "Platform"})["id"]
    make("EscalationPolicy", escalation(person, "user_reference", teams=team))
    answer = account.ask("DELETE", f"/pagerduty/Team/{team}")
    assert answer.status_code == 400
    assert 'EscalationPolicy "Platform"' in answer.json()["message"]


def test_a_services_integrations_and_webhooks_go_with_it(
    account: ServedAccount, make: Callable[..., Any], service: str
) -> None:
    make("ServiceIntegration", {"name": "NR", "service": service, "vendor": "PSBNEWR"})
    make("WebhookSubscription", webhook(service))
    assert account.ask("DELETE", f"/pagerduty/Service/{service}").status_code == 204
    assert set(account.store.counts()["pagerduty"]) == {"User", "Schedule", "EscalationPolicy"}


@pytest.mark.parametrize(
    ("kind", "inputs", "told"),
    [
        ("EscalationPolicy", {"name": "e", "rules": []}, 'escalation policy "e" has no rules; it needs at least one'),
        (
            "EscalationPolicy",
            {"name": "e", "rules": [{"escalationDelayInMinutes": 5, "targets": []}]},
            '"rules.0.targets" of escalation policy "e" has 0; 1 to 10 are allowed',
        ),
        ("Schedule", schedule(), '"layers.0.users" of schedule "Primary" is empty'),
    ],
)
def test_what_wakes_nobody_is_refused(
    refusal: Callable[..., str], kind: str, inputs: dict[str, Any], told: str
) -> None:
    assert told in refusal(kind, inputs)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"incidentUrgencyRule": {"type": "constant", "urgency": "loud"}},
            '"incidentUrgencyRule.urgency" value "loud"',
        ),
        ({"autoResolveTimeout": "soon"}, '"autoResolveTimeout" value "soon" is neither a number of seconds nor "null"'),
    ],
)
def test_a_service_setting_that_pagerduty_does_not_know_is_refused(
    refusal: Callable[..., str], service: str, changed: dict[str, Any], told: str
) -> None:
    assert told in refusal("Service", {"name": "other", "escalationPolicy": "PX", **changed})


def test_an_unknown_webhook_event_is_refused(refusal: Callable[..., str], service: str) -> None:
    told = refusal("WebhookSubscription", webhook(service, events=["incident.exploded"]))
    assert told == '"events.0" value "incident.exploded" is no event of PagerDuty\'s webhooks'


def test_an_integration_needs_a_known_vendor_or_a_type(refusal: Callable[..., str], service: str) -> None:
    assert refusal("ServiceIntegration", {"name": "i", "service": service}) == (
        'integration "i" needs "vendor" or "type"'
    )
    told = refusal("ServiceIntegration", {"name": "i", "service": service, "vendor": "PX"})
    assert '"vendor" value "PX" is no vendor the sandbox knows; look one up by name (New Relic' in told
