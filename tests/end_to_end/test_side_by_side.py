"""Two sandboxes at once, plain Pulumi in a shell, and a working tree that stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from checkout import ROOT, Checkout

pytestmark = pytest.mark.engine

_UP = ("up", "--stack", "staging", "--sandbox", "--yes", "--skip-preview")


@pytest.fixture(scope="module")
def working_tree() -> dict[str, str]:
    """What stood in the files that Pulumi could be tempted to write, before anything ran."""
    return _contents()


@pytest.fixture(scope="module")
def pair(working_tree: dict[str, str], new_checkout: Callable[..., Checkout]) -> tuple[Checkout, Checkout]:
    """Two sandboxes into which the same stack was provisioned at the same time."""
    one, other = new_checkout(), new_checkout()
    runs = [(checkout, checkout.begin(*_UP)) for checkout in (one, other)]
    for checkout, run in runs:
        printed, _ = run.communicate(timeout=300)
        checkout.output.append(printed)
        assert run.returncode == 0, printed
    return one, other


def _contents() -> dict[str, str]:
    return {path.name: path.read_text() for path in ROOT.glob("Pulumi*")}


def test_each_holds_a_whole_stack_of_its_own(pair: tuple[Checkout, Checkout]) -> None:
    one, other = pair
    assert one.account.counts() == other.account.counts()
    assert one.account.url != other.account.url


def test_what_is_deleted_in_one_stays_in_the_other(pair: tuple[Checkout, Checkout]) -> None:
    one, other = pair
    path = "/accounts/newrelic/OneDashboard"
    gone = one.account.call("GET", path)["objects"][0]["id"]
    one.account.call("DELETE", f"{path}/{gone}")
    left = [len(checkout.account.call("GET", path)["objects"]) for checkout in pair]
    assert left[0] == left[1] - 1
    assert other.lookout("preview", "--stack", "staging", "--sandbox", "--expect-no-changes").returncode == 0


def test_plain_pulumi_in_a_shell_finds_the_same_stack_unchanged(pair: tuple[Checkout, Checkout]) -> None:
    _, other = pair
    assert "unchanged" in other.pulumi("up", "--stack", "staging", "--yes", "--skip-preview", "--expect-no-changes")


def test_the_outputs_are_links(pair: tuple[Checkout, Checkout]) -> None:
    _, other = pair
    outputs = json.loads(other.pulumi("stack", "output", "--json"))
    assert outputs["runbooks"]["high-skill-error-rate"].endswith("incident-response.md#high-skill-error-rate")
    assert all(link.startswith("http") for link in outputs["dashboards"].values())


def test_an_object_made_by_hand_can_be_imported(pair: tuple[Checkout, Checkout]) -> None:
    _, other = pair
    body = {"inputs": {"name": "made by hand", "incidentPreference": "PER_CONDITION"}}
    made = other.account.call("POST", "/accounts/newrelic/AlertPolicy", body)
    token = "newrelic:index/alertPolicy:AlertPolicy"
    other.pulumi("import", token, "by-hand", made["id"], "--yes", "--generate-code=false", "--protect=false")
    assert ("by-hand", made["id"]) in {(one["urn"].rpartition("::")[2], one["id"]) for one in other.state()}


def test_the_committed_stack_files_are_as_they_were(
    pair: tuple[Checkout, Checkout], working_tree: dict[str, str]
) -> None:
    assert _contents() == working_tree


def test_two_first_previews_at_once_prepare_one_stack(new_checkout: Callable[..., Checkout]) -> None:
    checkout = new_checkout()
    runs = [checkout.begin("preview", "--stack", "staging", "--sandbox") for _ in range(2)]
    for run in runs:
        printed, _ = run.communicate(timeout=300)
        assert run.returncode == 0, printed
