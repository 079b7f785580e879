"""Whatever differs in an account is told, by meaning where a spec can say it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from drifted_readings import edited, object_of, other, reading_of

from lookout.drift.comparing import drift
from lookout.drift.reading import Object, Reading
from lookout.drift.strangers import Inventory, Stranger
from monitors import catalog
from monitors.review.changes import Danger, Diff, Effect, Operation

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
NOTHING_ELSE = Inventory(())


def compared(reading: Reading, inventory: Inventory = NOTHING_ELSE) -> Diff:
    return drift(catalog.stack("prod"), reading, inventory, AT)


def one_of_each_kind() -> list[Object]:
    found: dict[str, Object] = {}
    # Programs register in no fixed order, and tests need one.
    for one in sorted(reading_of("prod").objects, key=lambda one: (one.kind, one.name)):
        found.setdefault(one.kind, one)
    return list(found.values())


def test_an_account_that_is_as_declared_differs_in_nothing() -> None:
    found = compared(reading_of("prod"))
    assert (found.changes, found.resources, found.notes) == ((), (), ())


@pytest.mark.parametrize("one", one_of_each_kind(), ids=lambda one: one.kind)
def test_every_property_that_differs_is_told(one: Object) -> None:
    for name, value in (one.account or {}).items():
        account = {**(one.account or {}), name: other(value)}
        found = compared(edited(reading_of("prod"), one.kind, one.name, account))
        assert found.changes, f"{one.kind} {one.name}: {name} differs, and nothing is told"


@pytest.mark.parametrize("one", one_of_each_kind(), ids=lambda one: one.kind)
def test_every_object_that_is_gone_is_told_and_would_be_made_again(one: Object) -> None:
    found = compared(edited(reading_of("prod"), one.kind, one.name, None))
    assert found.changes
    assert (one.name, Effect.CREATE) in {(each.name, each.effect) for each in found.resources}


def test_a_threshold_that_was_changed_by_hand_is_told_by_what_it_means() -> None:
    reading = reading_of("prod")
    account = object_of(reading, "NrqlAlertCondition", "high-skill-error-rate").account or {}
    raised = {**account, "critical": {**account["critical"], "threshold": 50}}
    (change,) = compared(edited(reading, "NrqlAlertCondition", "high-skill-error-rate", raised)).changes
    assert (change.subject, change.fields) == ("condition/high-skill-error-rate", ("critical.value",))
    assert change.place is not None


def test_a_property_that_no_spec_has_is_told_as_it_is() -> None:
    reading = reading_of("prod")
    account = {**(object_of(reading, "Workflow", "page-sev1").account or {}), "enabled": False}
    (change,) = compared(edited(reading, "Workflow", "page-sev1", account)).changes
    assert change.danger is Danger.HIGH
    assert [fact.text for fact in change.facts] == ["enabled is False in the account and declared as True."]


def test_a_widget_is_told_by_its_title() -> None:
    reading = reading_of("prod")
    account = object_of(reading, "OneDashboard", "skills-overview").account or {}
    changed = other(account["pages"][0]["widgetBillboards"])
    pages = [{**account["pages"][0], "widgetBillboards": changed}, *account["pages"][1:]]
    found = compared(edited(reading, "OneDashboard", "skills-overview", {**account, "pages": pages}))
    assert '"Now"."Active skills"' in found.changes[0].headline


def test_a_secret_that_differs_is_never_shown() -> None:
    reading = reading_of("prod")
    one = object_of(reading, "NotificationDestination", "pagerduty-sev1")
    account = {**(one.account or {}), "authToken": {"prefix": "Token token=", "token": "[secret] of another"}}
    (change,) = compared(edited(reading, "NotificationDestination", one.name, account)).changes
    assert "another" not in str(change)
    assert "a secret" in change.facts[0].text


def test_a_muting_rule_made_by_hand_over_one_of_our_policies_is_a_high_danger() -> None:
    silent = {"condition": {"conditions": [{"attribute": "policyId", "values": ["AlertPolicy:page-sev1"]}]}}
    stranger = Stranger("newrelic", "AlertMutingRule", "1:2", "Quiet please", silent)
    (change,) = compared(reading_of("prod"), Inventory((stranger,))).changes
    assert (change.danger, change.operation) == (Danger.HIGH, Operation.ADDED)
    assert change.headline == (
        'The muting rule "Quiet please" was made by hand and names our policy "page-sev1": while it is in force nobody '
        "hears of that policy."
    )


def test_objects_that_touch_nothing_of_ours_are_counted_alone() -> None:
    others = tuple(
        Stranger("newrelic", "NrqlAlertCondition", f"9:{number}", f"Theirs {number}", {"policyId": "9"})
        for number in range(3)
    )
    found = compared(reading_of("prod"), Inventory(others, ("PagerDuty was not looked at.",)))
    assert found.changes == ()
    assert found.notes == (
        "PagerDuty was not looked at.",
        "3 other objects in the accounts that nobody declared here touch nothing of ours.",
    )
