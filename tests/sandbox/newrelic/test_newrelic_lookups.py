"""The look-ups that New Relic's account in the sandbox answers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from accounts_harness import ServedAccount
from declared_resources import destination

TOKEN = "newrelic:index/{0}:{0}"


def looked_up(account: ServedAccount, function: str, arguments: Mapping[str, object]) -> dict[str, object]:
    answer = account.ask("POST", f"/newrelic/_lookups/{TOKEN.format(function)}", arguments)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_a_policy_is_found_by_its_name(account: ServedAccount) -> None:
    policy = account.make("AlertPolicy", {"name": "Skills", "incidentPreference": "PER_CONDITION"})
    found = looked_up(account, "getAlertPolicy", {"name": "Skills"})
    assert (found["id"], found["incidentPreference"]) == (policy["id"], "PER_CONDITION")


def test_a_destination_is_found_by_name_or_id_without_its_token(account: ServedAccount) -> None:
    made = account.make("NotificationDestination", destination())
    for arguments in ({"name": "PagerDuty"}, {"id": made["id"]}):
        found = looked_up(account, "getNotificationDestination", arguments)
        assert found["id"] == made["id"]
        assert "seededIntegrationKey" not in str(found)


def test_what_does_not_exist_is_told_with_what_was_asked_for(account: ServedAccount) -> None:
    answer = account.ask("POST", f"/newrelic/_lookups/{TOKEN.format('getAlertPolicy')}", {"name": "Skills"})
    assert answer.status_code == 404
    assert answer.json()["message"] == 'New Relic\'s account in the sandbox has no AlertPolicy with name "Skills"'


@pytest.mark.parametrize(
    ("kind", "days", "threshold"), [("fast_burn", 28, 1.344), ("slow_burn", 28, 0.56), ("fast_burn", 7, 0.336)]
)
def test_the_burn_rate_helper_gives_new_relics_own_threshold(
    account: ServedAccount, kind: str, days: int, threshold: float
) -> None:
    arguments = {"alertType": kind, "sliGuid": "g", "sloPeriod": days, "sloTarget": 99.9}
    found = looked_up(account, "getServiceLevelAlertHelper", arguments)
    assert found["threshold"] == pytest.approx(threshold)
    assert "entity.guid = 'g'" in str(found["nrql"])
