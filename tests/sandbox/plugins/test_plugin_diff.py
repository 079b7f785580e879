"""Which changes the stand-ins show, and which of them need another object."""

from __future__ import annotations

from typing import Any

import pytest
from declared_resources import condition, destination, schedule, webhook
from stand_in_harness import Made, Plugin

from sandbox.plugins.unknown import UNKNOWN
from sandbox.plugins.values import property_map

NEW_RELIC, PAGERDUTY = Plugin("newrelic"), Plugin("pagerduty")


def in_state(plugin: Plugin, kind: str, inputs: dict[str, Any], **outputs: Any) -> Made:
    checked = plugin.check(kind, inputs)
    return Made(plugin.urn(kind), "id", checked, {**checked, **property_map(outputs)})


def changed_paths(plugin: Plugin, kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    answer = plugin.diff(kind, in_state(plugin, kind, before), after)
    return sorted(answer.detailed_diff)


def test_the_same_inputs_are_no_change() -> None:
    answer = NEW_RELIC.diff("NrqlAlertCondition", in_state(NEW_RELIC, "NrqlAlertCondition", condition()), condition())
    assert answer.changes is False
    assert not answer.diffs


def test_one_changed_place_inside_an_object_is_shown_alone() -> None:
    after = condition(critical={**condition()["critical"], "threshold": 7})
    assert changed_paths(NEW_RELIC, "NrqlAlertCondition", condition(), after) == ["critical.threshold"]


def test_a_changed_place_in_a_list_is_shown_as_the_engine_writes_it() -> None:
    assert changed_paths(PAGERDUTY, "Schedule", schedule("P1", "P2"), schedule("P1", "P3")) == ["layers[0].users[1]"]


def test_a_longer_list_is_one_change() -> None:
    assert changed_paths(PAGERDUTY, "Schedule", schedule("P1"), schedule("P1", "P3")) == ["layers[0].users"]


def test_a_default_that_is_written_down_is_no_change() -> None:
    assert (
        changed_paths(NEW_RELIC, "AlertPolicy", {"name": "p"}, {"name": "p", "incidentPreference": "PER_POLICY"}) == []
    )


def test_another_case_of_a_word_is_no_change() -> None:
    upper = condition(aggregationMethod="EVENT_FLOW")
    assert changed_paths(NEW_RELIC, "NrqlAlertCondition", condition(aggregationMethod="event_flow"), upper) == []


def test_what_the_vendor_filled_in_is_no_change_when_the_program_leaves_it_out() -> None:
    made = in_state(NEW_RELIC, "NrqlAlertCondition", condition(), aggregationWindow=60, accountId="1")
    assert NEW_RELIC.diff("NrqlAlertCondition", made, condition()).changes is False


def test_a_webhooks_secret_in_the_state_is_no_change() -> None:
    made = in_state(PAGERDUTY, "WebhookSubscription", webhook("P1"))
    told = [{**webhook("P1")["deliveryMethods"][0], "secret": "s", "temporarilyDisabled": False}]
    made.properties.update(property_map({"deliveryMethods": told}))
    assert PAGERDUTY.diff("WebhookSubscription", made, webhook("P1")).changes is False


def test_a_property_that_is_no_longer_declared_is_a_change() -> None:
    before = condition(description="why", runbookUrl="https://example.com/runbook")
    answer = NEW_RELIC.diff(
        "NrqlAlertCondition", in_state(NEW_RELIC, "NrqlAlertCondition", before), condition(description="why")
    )
    assert {path: found.kind.name for path, found in answer.detailed_diff.items()} == {"runbookUrl": "DELETE"}


def test_a_new_destination_token_shows_no_change_since_it_is_never_told_again() -> None:
    after = destination(authToken={"prefix": "Token token=", "token": "another"})
    assert changed_paths(NEW_RELIC, "NotificationDestination", destination(), after) == []


def test_a_value_that_is_not_known_yet_is_a_change() -> None:
    assert changed_paths(NEW_RELIC, "NrqlAlertCondition", condition(), condition(policyId=UNKNOWN)) == ["policyId"]


@pytest.mark.parametrize(
    ("plugin", "kind", "before", "after", "replacing"),
    [
        (NEW_RELIC, "NrqlAlertCondition", condition(), condition(policyId="2"), ["policyId"]),
        (NEW_RELIC, "NrqlAlertCondition", condition(), condition(type="baseline"), ["type"]),
        (NEW_RELIC, "NotificationDestination", destination(), destination(type="EMAIL"), ["type"]),
        (NEW_RELIC, "NotificationDestination", destination(), destination(name="other"), []),
        (NEW_RELIC, "EntityTags", {"guid": "a", "tags": []}, {"guid": "b", "tags": []}, ["guid"]),
        (
            PAGERDUTY,
            "ServiceIntegration",
            {"service": "P1", "vendor": "V1"},
            {"service": "P2", "vendor": "V2"},
            ["service", "vendor"],
        ),
        (
            PAGERDUTY,
            "WebhookSubscription",
            webhook("P1"),
            webhook(
                "P1",
                deliveryMethods=[
                    {**webhook("P1")["deliveryMethods"][0], "customHeaders": [{"name": "X", "value": "v"}]}
                ],
            ),
            ["deliveryMethods"],
        ),
    ],
)
def test_what_the_vendor_cannot_change_replaces_the_object_after_its_successor_exists(
    plugin: Plugin, kind: str, before: dict[str, Any], after: dict[str, Any], replacing: list[str]
) -> None:
    answer = plugin.diff(kind, in_state(plugin, kind, before), after)
    assert answer.changes is True
    assert sorted(answer.replaces) == replacing
    assert answer.delete_before_replace is False
