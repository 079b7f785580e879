"""Both stacks with the real engine: made, found unchanged, changed by one edit, mended, and taken away."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from checkout import Checkout, copy_of_checkout

from monitors import catalog

pytestmark = pytest.mark.engine

STORES = ("postgres", "key-value")


@pytest.fixture(scope="module", params=catalog.STACKS)
def stack(request: pytest.FixtureRequest) -> str:
    """Each stack."""
    name: str = request.param
    return name


@dataclass(frozen=True)
class Previewed:
    """A sandbox after a first preview, the preview's summary, and what the account then held."""

    checkout: Checkout
    summary: dict[str, int]
    held: Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def previewed(stack: str, new_checkout: Callable[..., Checkout]) -> Previewed:
    """An empty sandbox in which the stack was previewed."""
    checkout = new_checkout()
    summary = _changes(checkout, stack)
    return Previewed(checkout, summary, _held(checkout))


@pytest.fixture(scope="module")
def provisioned(stack: str, previewed: Previewed) -> Checkout:
    """The sandbox with the stack provisioned."""
    previewed.checkout.up(stack)
    return previewed.checkout


def _changes(checkout: Checkout, stack: str) -> dict[str, int]:
    """Preview and return how many resources each operation is for."""
    summary: dict[str, int] = json.loads(checkout.succeed("preview", "--stack", stack, "--sandbox", "--json"))[
        "changeSummary"
    ]
    return summary


def _held(checkout: Checkout) -> Counter[tuple[str, str]]:
    """Return how many objects of each kind the account holds, without Render's own records of deploys."""
    counts = checkout.account.counts()
    kinds = ((vendor, kind, number) for vendor, held in counts.items() for kind, number in held.items())
    return Counter({(vendor, kind): number for vendor, kind, number in kinds if kind not in ("deploy", "event")})


def test_a_preview_shows_creates_and_makes_nothing(previewed: Previewed) -> None:
    assert set(previewed.summary) == {"create"}
    # The people, the workspace and the Slack destination made by hand are the account's own.
    assert set(previewed.held) == {("render", "owner"), ("pagerduty", "User"), ("newrelic", "NotificationDestination")}


def test_every_alert_and_dashboard_is_in_the_account(provisioned: Checkout, stack: str) -> None:
    seen = catalog.stack(stack).observability
    held = provisioned.account.counts()["newrelic"]
    assert (held["NrqlAlertCondition"], held["OneDashboard"]) == (len(seen.conditions), len(seen.dashboards))


def test_services_and_stores_run_at_render(provisioned: Checkout) -> None:
    held = provisioned.account.counts()["render"]
    assert (held["service"], held["postgres"], held["key-value"]) == (2, 1, 1)


def test_a_second_preview_finds_nothing_to_change(provisioned: Checkout, stack: str) -> None:
    done = provisioned.lookout("preview", "--stack", stack, "--sandbox", "--expect-no-changes")
    assert done.returncode == 0, done.stdout


def test_a_refresh_finds_nothing_to_change(provisioned: Checkout, stack: str) -> None:
    words = ("refresh", "--stack", stack, "--sandbox", "--yes", "--skip-preview", "--expect-no-changes")
    done = provisioned.lookout(*words)
    assert done.returncode == 0, done.stdout


def test_one_edited_threshold_is_exactly_one_update(provisioned: Checkout, stack: str, tmp_path: Path) -> None:
    edited = replace(provisioned, root=copy_of_checkout(tmp_path / "edited"))
    alerts = edited.root / "monitors" / "catalog" / "skill_alerts.py"
    text, count = re.subn(r"critical=above\(5, 10 \* MINUTE\)", "critical=above(6, 10 * MINUTE)", alerts.read_text())
    assert count == 1
    alerts.write_text(text)
    summary = _changes(edited, stack)
    assert {operation: number for operation, number in summary.items() if operation != "same"} == {"update": 1}


def test_changes_where_none_were_expected_are_a_finding(provisioned: Checkout, stack: str, tmp_path: Path) -> None:
    edited = replace(provisioned, root=copy_of_checkout(tmp_path / "edited"))
    alerts = edited.root / "monitors" / "catalog" / "cost_alerts.py"
    alerts.write_text(alerts.read_text().replace("critical=above(10, MINUTE)", "critical=above(11, MINUTE)"))
    assert edited.lookout("preview", "--stack", stack, "--sandbox", "--expect-no-changes").returncode == 1


def test_what_was_deleted_behind_pulumis_back_is_made_again(provisioned: Checkout, stack: str) -> None:
    account, before = provisioned.account, _held(provisioned)
    dashboard = account.call("GET", "/accounts/newrelic/OneDashboard")["objects"][0]
    account.call("DELETE", f"/accounts/newrelic/OneDashboard/{dashboard['id']}")
    group = account.call("GET", "/render/v1/env-groups")[0]
    account.call("DELETE", f"/render/v1/env-groups/{group['id']}")
    webhook = account.call("GET", "/accounts/pagerduty/WebhookSubscription")["objects"][0]
    account.call("DELETE", f"/accounts/pagerduty/WebhookSubscription/{webhook['id']}")
    provisioned.succeed("refresh", "--stack", stack, "--sandbox", "--yes", "--skip-preview")
    provisioned.up(stack)
    assert _held(provisioned) == before


def test_a_destroy_leaves_the_protected_stores_and_where_they_stand(
    provisioned: Checkout, previewed: Previewed, stack: str
) -> None:
    provisioned.succeed("destroy", "--stack", stack, "--sandbox", "--yes", "--", "--skip-preview")
    left = _held(provisioned) - previewed.held
    assert left == Counter({("render", kind): 1 for kind in (*STORES, "project", "environment")})


def test_the_explicit_flag_takes_the_stores_too(provisioned: Checkout, previewed: Previewed, stack: str) -> None:
    provisioned.succeed("destroy", "--stack", stack, "--sandbox", "--yes", "--including-stores", "--", "--skip-preview")
    assert _held(provisioned) == previewed.held
