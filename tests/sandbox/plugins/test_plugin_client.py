"""How a stand-in reaches the sandbox, and what it says when it cannot."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from accounts_harness import ServedAccount

from sandbox.plugins.client import TOKEN_VARIABLE, URL_VARIABLE, AccountClient, StandInError

POLICY = {"inputs": {"name": "Skills"}}


def client(account: ServedAccount, waits: list[float] | None = None) -> AccountClient:
    noted = [] if waits is None else waits
    return AccountClient("newrelic", account.environment, sleep=noted.append)


def test_without_the_sandboxs_variables_it_says_what_it_is_and_what_to_run() -> None:
    with pytest.raises(StandInError) as error:
        AccountClient("newrelic", {URL_VARIABLE: "http://127.0.0.1:1"})
    assert str(error.value) == (
        "these are the sandbox's stand-ins for New Relic's and PagerDuty's plugins, and LOOKOUT_SANDBOX_TOKEN is not "
        "set; start it with `lookout sandbox start`"
    )


def test_a_sandbox_that_is_not_running_is_told_with_its_address_and_what_to_run() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StandInError) as error:
            AccountClient("newrelic", {URL_VARIABLE: url, TOKEN_VARIABLE: "t"}).create("AlertPolicy", POLICY)
    assert str(error.value).endswith(f"and no sandbox answers at {url}; start it with `lookout sandbox start`")


def test_another_sandboxs_token_is_told_without_the_token(account: ServedAccount) -> None:
    stranger = AccountClient("newrelic", {**account.environment, TOKEN_VARIABLE: "wrong-and-secret"})
    with pytest.raises(StandInError, match="LOOKOUT_SANDBOX_TOKEN is not this sandbox's token") as error:
        stranger.create("AlertPolicy", POLICY)
    assert "wrong-and-secret" not in str(error.value)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_account_is_asked_again(account: ServedAccount, status: int) -> None:
    account.controls.add_fault(
        {"kind": "request", "method": "POST", "path": "/accounts/**", "status": status, "times": 2}
    )
    waits: list[float] = []
    assert client(account, waits).create("AlertPolicy", POLICY)["inputs"]["name"] == "Skills"
    assert waits == [0.25, 0.5]


def test_the_accounts_own_wish_for_a_wait_is_kept(account: ServedAccount) -> None:
    account.controls.add_fault(
        {"kind": "request", "path": "/accounts/**", "status": 429, "headers": {"Retry-After": "3"}}
    )
    waits: list[float] = []
    client(account, waits).create("AlertPolicy", POLICY)
    assert waits == [3.0]


def test_after_four_tries_the_accounts_words_are_the_error(account: ServedAccount) -> None:
    fault = {"kind": "request", "path": "/accounts/**", "status": 429, "message": "too many requests", "times": 4}
    account.controls.add_fault(fault)
    with pytest.raises(StandInError, match=r"^too many requests \(HTTP 429\)$"):
        client(account).create("AlertPolicy", POLICY)
    assert account.store.counts() == {}


def test_a_failure_of_the_account_is_not_tried_again(account: ServedAccount) -> None:
    account.controls.add_fault({"kind": "request", "path": "/accounts/**", "status": 500, "message": "broken"})
    with pytest.raises(StandInError, match=r"^broken \(HTTP 500\)$"):
        client(account).create("AlertPolicy", POLICY)


def test_a_lost_answer_to_a_create_is_an_error_and_the_object_exists_once(account: ServedAccount) -> None:
    account.controls.add_fault({"kind": "request", "method": "POST", "path": "/accounts/**", "lose_answer": True})
    with pytest.raises(StandInError) as error:
        client(account).create("AlertPolicy", POLICY)
    assert str(error.value) == (
        "the connection broke before the sandbox answered; whether the object was made is not known: "
        f"look at {account.url}"
    )
    assert account.store.counts() == {"newrelic": {"AlertPolicy": 1}}


def test_deleting_what_is_gone_is_fine(account: ServedAccount) -> None:
    client(account).delete("AlertPolicy", "7")


def test_reading_what_is_gone_gives_nothing(account: ServedAccount) -> None:
    assert client(account).read("AlertPolicy", "7") is None


def test_ids_with_colons_and_slashes_arrive_whole(account: ServedAccount) -> None:
    document: dict[str, Any] = {"inputs": {"name": "x"}, "outputs": {}, "secret_paths": []}
    account.store.put("newrelic", "AlertMutingRule", "1:a/b?c", "x", document)
    found = client(account).read("AlertMutingRule", "1:a/b?c")
    assert found is not None
    assert found["id"] == "1:a/b?c"
