"""The look-ups that PagerDuty's account in the sandbox answers."""

from __future__ import annotations

import pytest
from accounts_harness import ServedAccount
from declared_resources import schedule

TOKEN = "pagerduty:index/{0}:{0}"
PEOPLE = [
    {"id": "PUSER01", "name": "First on call", "email": "first@example.com"},
    {"id": "PUSER02", "name": "Second on call", "email": "second@example.com"},
]


def looked_up(account: ServedAccount, function: str, arguments: dict[str, object]) -> dict[str, object]:
    answer = account.ask("POST", f"/pagerduty/_lookups/{TOKEN.format(function)}", arguments)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def missing(account: ServedAccount, function: str, arguments: dict[str, object]) -> str:
    answer = account.ask("POST", f"/pagerduty/_lookups/{TOKEN.format(function)}", arguments)
    assert answer.status_code == 404
    return str(answer.json()["message"])


@pytest.fixture(autouse=True)
def people(account: ServedAccount) -> None:
    assert account.ask("POST", "/pagerduty/_users", PEOPLE).status_code == 204


def test_a_person_is_found_by_address_in_any_case(account: ServedAccount) -> None:
    found = looked_up(account, "getUser", {"email": "First@example.com"})
    assert (found["id"], found["name"], found["timeZone"]) == ("PUSER01", "First on call", "Etc/UTC")


def test_an_unknown_address_is_told_with_those_there_are(account: ServedAccount) -> None:
    assert missing(account, "getUser", {"email": "nobody@example.com"}) == (
        'PagerDuty\'s account in the sandbox has no user whose email is "nobody@example.com"; it has: '
        "first@example.com, second@example.com"
    )


def test_the_members_of_a_team_are_found(account: ServedAccount) -> None:
    team = account.make("Team", {"name": "Platform"}, vendor="pagerduty")["id"]
    account.make("TeamMembership", {"teamId": team, "userId": "PUSER02"}, vendor="pagerduty")
    users = looked_up(account, "getUsers", {"teamIds": [team]})["users"]
    assert isinstance(users, list)
    assert [one["id"] for one in users] == ["PUSER02"]


@pytest.mark.parametrize("name", ["New Relic", "new relic"])
def test_the_vendor_new_relic_exists(account: ServedAccount, name: str) -> None:
    assert looked_up(account, "getVendor", {"name": name})["name"] == "New Relic"


def test_priorities_are_those_of_an_account_that_changed_none(account: ServedAccount) -> None:
    assert (
        looked_up(account, "getPriority", {"name": "P1"})["id"]
        != looked_up(account, "getPriority", {"name": "P2"})["id"]
    )
    assert "it has: P1, P2, P3, P4, P5" in missing(account, "getPriority", {"name": "SEV1"})


def test_objects_are_found_by_name(account: ServedAccount) -> None:
    made = account.make("Schedule", schedule("PUSER01"), vendor="pagerduty")
    assert looked_up(account, "getSchedule", {"name": "Primary"}) == {"id": made["id"], "name": "Primary"}
    assert "no Schedule whose name is" in missing(account, "getSchedule", {"name": "Secondary"})
