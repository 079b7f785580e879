"""Runs killed in the middle, ten times at different moments: the next one leaves no duplicate and no orphan."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable

import pytest
from checkout import Checkout, kill_pulumi, kill_tree, wait_until

pytestmark = pytest.mark.engine

KILLS = 10
_UP = ("up", "--stack", "staging", "--sandbox", "--yes", "--skip-preview")
# What the account has of its own: given at the start, or Render's own records.
_NOT_OURS = ("owner", "User", "deploy", "event", "environment")


@pytest.fixture(scope="module")
def survivor(new_checkout: Callable[..., Checkout]) -> Checkout:
    """A sandbox in which ten runs were killed, each a stretch further on, and the eleventh came to its end.

    By turns the whole family of processes is killed, and Pulumi's command line alone.
    """
    checkout = new_checkout()
    whole = _size_of_a_whole_stack(new_checkout)
    for number in range(1, KILLS + 1):
        _kill_at(checkout, whole * number // (KILLS + 1), kill_tree if number % 2 else kill_pulumi)
    checkout.succeed(*_UP)
    return checkout


def _size_of_a_whole_stack(new_checkout: Callable[..., Checkout]) -> int:
    untouched = new_checkout()
    untouched.up()
    return untouched.account.total()


def _kill_at(checkout: Checkout, objects: int, kill: Callable[[subprocess.Popen[str]], None]) -> None:
    """Start a run whose creates are answered late, and kill it as soon as the account holds that many objects."""
    account = checkout.account
    for vendor in ("newrelic", "pagerduty"):
        fault = {
            "kind": "request",
            "method": "POST",
            "path": f"/accounts/{vendor}/**",
            "delay_seconds": 0.3,
            "times": 500,
        }
        account.call("POST", "/_sandbox/faults", fault)
    running = checkout.begin(*_UP)
    wait_until(lambda: account.total() >= objects or running.poll() is not None, seconds=120)
    kill(running)
    account.call("DELETE", "/_sandbox/faults")


def _ids_in_account(checkout: Checkout) -> Counter[tuple[str, str]]:
    account, found = checkout.account, Counter[tuple[str, str]]()
    for vendor in ("newrelic", "pagerduty"):
        for kind in account.counts().get(vendor, {}):
            objects = account.call("GET", f"/accounts/{vendor}/{kind}")["objects"]
            found.update((kind, one["id"]) for one in objects if kind not in _NOT_OURS)
    return found


def _ids_in_state(checkout: Checkout) -> Counter[tuple[str, str]]:
    return Counter(
        (one["type"].rpartition(":")[2], one["id"])
        for one in checkout.state()
        if one["type"].partition(":")[0] in ("newrelic", "pagerduty")
    )


def test_every_object_at_new_relic_and_pagerduty_is_in_the_state_once(survivor: Checkout) -> None:
    slack = survivor.account.call("GET", "/accounts/newrelic/NotificationDestination")["objects"]
    by_hand = Counter(("NotificationDestination", one["id"]) for one in slack if one["inputs"].get("type") == "SLACK")
    assert _ids_in_account(survivor) - by_hand == _ids_in_state(survivor)


def test_every_object_at_render_is_there_once(survivor: Checkout) -> None:
    held = survivor.account.counts()["render"]
    declared = Counter(one["type"].rpartition(":")[2] for one in survivor.state() if one["type"].startswith("render:"))
    assert held["service"] == declared["WebService"] + declared["PrivateService"]
    assert (held["postgres"], held["key-value"], held["project"]) == (1, 1, 1)
    assert held["env-group"] == declared["EnvironmentGroup"]


def test_the_output_says_what_was_adopted(survivor: Checkout) -> None:
    assert "adopted " in "".join(survivor.output)


def test_nothing_is_left_to_change(survivor: Checkout) -> None:
    done = survivor.lookout("preview", "--stack", "staging", "--sandbox", "--expect-no-changes")
    assert done.returncode == 0, done.stdout


def test_keys_of_adopted_objects_stay_encrypted(survivor: Checkout) -> None:
    integrations = survivor.account.call("GET", "/accounts/pagerduty/ServiceIntegration")["objects"]
    keys = [one["outputs"]["integrationKey"] for one in integrations]
    backend = survivor.folder / "state" / "backend"
    texts = [path.read_text() for path in backend.rglob("*.json*") if path.is_file()]
    assert len(keys) == 3
    assert not [key for key in keys for text in texts if key in text]


def test_an_object_with_a_secret_is_recognised_though_no_account_tells_it(
    new_checkout: Callable[..., Checkout],
) -> None:
    checkout = new_checkout()
    path, name = "/accounts/newrelic/NotificationDestination", "PagerDuty SEV1 (staging)"
    fault = {"kind": "request", "method": "POST", "path": path, "delay_seconds": 5, "times": 9}
    checkout.account.call("POST", "/_sandbox/faults", fault)
    running = checkout.begin(*_UP)

    def named() -> list[str]:
        return [one["name"] for one in checkout.account.call("GET", path)["objects"] if one["name"].startswith(name)]

    assert wait_until(named)
    kill_pulumi(running)
    checkout.account.call("DELETE", "/_sandbox/faults")
    assert "adopted NotificationDestination pagerduty-sev1" in checkout.lookout(*_UP).stderr
    assert len(named()) == 1
