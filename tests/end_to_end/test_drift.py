"""What happens behind Pulumi's back is found by `lookout drift`, which changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from checkout import Checkout

pytestmark = pytest.mark.engine

STACK = "staging"
RAISED, GONE, BY_HAND = "high-skill-error-rate", "slow-skill", "Made by hand"


@pytest.fixture(scope="module")
def checkout(new_checkout: Callable[..., Checkout]) -> Checkout:
    """A sandbox with everything provisioned."""
    made = new_checkout()
    made.up(STACK)
    return made


def drift(checkout: Checkout, code: int) -> dict[str, Any]:
    done = checkout.lookout("drift", "--stack", STACK, "--sandbox", "--json")
    assert done.returncode == code, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def state_of(checkout: Checkout) -> str:
    return json.dumps(checkout.state(STACK), sort_keys=True)


def _body(inputs: dict[str, Any]) -> dict[str, Any]:
    return {"inputs": inputs, "secret_paths": [], "settings": {}}


def test_an_account_that_holds_what_is_declared_has_no_drift(checkout: Checkout) -> None:
    assert drift(checkout, 0)["changes"] == []


def test_edits_deletions_and_objects_made_by_hand_are_told_and_nothing_is_changed(checkout: Checkout) -> None:
    account = checkout.account
    path = "/accounts/newrelic/NrqlAlertCondition"
    conditions = {one["inputs"]["name"]: one for one in account.call("GET", path)["objects"]}
    raised, gone = conditions["High Skill Error Rate"], conditions["Slow skill"]
    raised["inputs"]["critical"]["threshold"] = 50
    account.call("PUT", f"{path}/{raised['id']}", _body(raised["inputs"]))
    account.call("DELETE", f"{path}/{gone['id']}")
    account.call("POST", path, _body({**gone["inputs"], "name": BY_HAND}))
    before = state_of(checkout)

    found = drift(checkout, 1)

    told = {one["subject"]: one["operation"] for one in found["changes"]}
    assert told[f"condition/{RAISED}"] == "changed"
    assert told[f"condition/{GONE}"] == "removed"
    assert [one for one in found["changes"] if BY_HAND in one["headline"]]
    assert len(told) == 3
    assert state_of(checkout) == before
    assert drift(checkout, 1)["changes"] == found["changes"]
