"""The accounts' API: what it stores, what it answers, and the faults it can be asked for."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from accounts_harness import ServedAccount, account
from declared_resources import destination

__all__ = ["account"]


def test_an_object_is_stored_with_its_inputs_outputs_and_secret_paths(account: ServedAccount) -> None:
    body = {"inputs": destination(), "secret_paths": ["authToken.token"], "settings": {}}
    made = account.ask("POST", "/newrelic/NotificationDestination", body).json()
    record = account.store.get("newrelic", "NotificationDestination", made["id"])
    assert record is not None
    assert record.name == "PagerDuty"
    assert set(record.document) == {"inputs", "outputs", "secret_paths"}
    assert record.document["inputs"]["authToken"]["token"] == "seededIntegrationKey"
    assert record.document["secret_paths"] == ["authToken.token"]


def test_an_objects_secret_that_the_vendor_never_tells_again_is_in_no_answer(account: ServedAccount) -> None:
    made = account.ask("POST", "/newrelic/NotificationDestination", {"inputs": destination()})
    assert "seededIntegrationKey" not in made.text
    assert made.json()["inputs"]["authToken"] == {"prefix": "Token token="}


def test_objects_are_listed_oldest_first_and_by_name(account: ServedAccount) -> None:
    for name in ("b", "a", "b"):
        account.make("AlertPolicy", {"name": name})
    listed = account.ask("GET", "/newrelic/AlertPolicy").json()["objects"]
    assert [found["name"] for found in listed] == ["b", "a", "b"]
    named = account.ask("GET", "/newrelic/AlertPolicy?name=a").json()["objects"]
    assert [found["inputs"]["name"] for found in named] == ["a"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/datadog/Monitor", 'the sandbox has no account "datadog"; it has newrelic and pagerduty'),
        ("/newrelic/AlertPolocy", '"AlertPolocy" is no kind of object at New Relic; did you mean "AlertPolicy"?'),
        ("/newrelic/AlertPolicy/7", "New Relic's account in the sandbox has no AlertPolicy 7"),
    ],
)
def test_what_does_not_exist_is_told(account: ServedAccount, path: str, message: str) -> None:
    answer = account.ask("GET", path)
    assert (answer.status_code, answer.json()["message"]) == (404, message)


def test_a_body_without_inputs_is_refused(account: ServedAccount) -> None:
    answer = account.ask("POST", "/newrelic/AlertPolicy", {"name": "x"})
    assert (answer.status_code, answer.json()["message"]) == (400, 'the body needs "inputs", an object')


def test_a_refused_object_leaves_nothing_behind(account: ServedAccount) -> None:
    account.refusal("Workflow", {"name": "w", "destinations": [{"channelId": "7"}]})
    assert account.store.counts() == {}


def test_a_refused_deletion_removes_nothing(account: ServedAccount) -> None:
    team = account.make("Team", {"name": "Platform"}, vendor="pagerduty")["id"]
    account.make("Team", {"name": "Part", "parent": team}, vendor="pagerduty")
    assert account.ask("DELETE", f"/pagerduty/Team/{team}").status_code == 400
    assert account.store.counts() == {"pagerduty": {"Team": 2}}


def test_of_two_objects_of_one_name_made_at_once_one_is_taken(account: ServedAccount) -> None:
    def make(_: int) -> int:
        return account.ask("POST", "/pagerduty/Team", {"inputs": {"name": "Platform"}}).status_code

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(make, range(8))) == [201] + [400] * 7


def test_many_objects_made_at_once_all_have_ids_of_their_own(account: ServedAccount) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda number: account.make("AlertPolicy", {"name": f"p{number}"})["id"], range(60)))
    assert len(set(made)) == 60


def test_a_fault_with_a_status_does_no_work(account: ServedAccount) -> None:
    account.controls.add_fault(
        {
            "kind": "request",
            "method": "POST",
            "path": "/accounts/newrelic/AlertPolicy",
            "status": 500,
            "message": "down",
        }
    )
    answer = account.ask("POST", "/newrelic/AlertPolicy", {"inputs": {"name": "x"}})
    assert (answer.status_code, answer.json()["message"]) == (500, "down")
    assert account.store.counts() == {}
    account.make("AlertPolicy", {"name": "x"})


def test_a_fault_with_a_lost_answer_does_the_work_and_breaks_the_connection(account: ServedAccount) -> None:
    account.controls.add_fault({"kind": "request", "path": "/accounts/newrelic/*", "lose_answer": True})
    with pytest.raises(requests.ConnectionError):
        account.ask("POST", "/newrelic/AlertPolicy", {"inputs": {"name": "x"}})
    assert account.store.counts() == {"newrelic": {"AlertPolicy": 1}}


def test_a_fault_with_a_delay_answers_late(account: ServedAccount) -> None:
    account.controls.add_fault({"kind": "request", "path": "/accounts/newrelic/*", "delay_seconds": 0.3})
    started = time.monotonic()
    account.make("AlertPolicy", {"name": "x"})
    assert time.monotonic() - started >= 0.3


def test_people_are_seeded_again_without_a_second_copy_and_with_their_new_names(account: ServedAccount) -> None:
    for name in ("First on call", "Renamed"):
        seed = [{"id": "PUSER01", "name": name, "email": "first@example.com"}]
        assert account.ask("POST", "/pagerduty/_users", seed).status_code == 204
    (person,) = account.store.find("pagerduty", "User")
    assert person.name == "Renamed"


def test_a_person_without_an_address_is_refused(account: ServedAccount) -> None:
    answer = account.ask("POST", "/pagerduty/_users", [{"id": "PUSER01", "name": "First on call"}])
    assert (answer.status_code, answer.json()["message"]) == (400, 'every user needs "id", "name" and "email"')


def test_everything_needs_the_sandboxs_token(account: ServedAccount) -> None:
    assert requests.get(f"{account.url}/accounts/newrelic/AlertPolicy", timeout=10).status_code == 401
