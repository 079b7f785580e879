"""Both stacks with the real engine: made, found unchanged, changed by one edit, mended, and taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="module")
def previewed(stack: str, new_checkout: Callable[..., Checkout]) -> tuple[Checkout, dict[str, Any], int]:
    """A sandbox after a first preview: the preview's summary, and what the account then held."""
    checkout = new_checkout()
    summary = _changes(checkout, stack)
    return checkout, summary, len(_provisioned(checkout))


@pytest.fixture(scope="module")
def provisioned(stack: str, previewed: tuple[Checkout, dict[str, Any], int]) -> Checkout:
    """A sandbox into which the stack was provisioned."""
    checkout = previewed[0]
    checkout.up(stack)
    return checkout


def _changes(checkout: Checkout, stack: str) -> dict[str, Any]:
    """Preview and return how many resources each operation is for."""
    summary: dict[str, Any] = json.loads(checkout.succeed("preview", "--stack", stack, "--sandbox", "--json"))[
        "changeSummary"
    ]
    return summary


def _provisioned(checkout: Checkout) -> dict[tuple[str, str], int]:
    """Return what the account holds beside what it was given at the start and Render's own records of deploys."""
    given = {("render", "owner"), ("pagerduty", "User"), ("newrelic", "NotificationDestination:slack")}
    counts = checkout.account.counts()
    found = {(vendor, kind): number for vendor, kinds in counts.items() for kind, number in kinds.items()}
    return {
        place: number for place, number in found.items() if place not in given and place[1] not in ("deploy", "event")
    }


def test_a_preview_shows_creates_and_makes_nothing(previewed: tuple[Checkout, dict[str, Any], int]) -> None:
    _, summary, _ = previewed
    assert set(summary) == {"create"}
    assert summary["create"] > 100


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
    account, before = provisioned.account, _provisioned(provisioned)
    dashboard = account.call("GET", "/accounts/newrelic/OneDashboard")["objects"][0]
    account.call("DELETE", f"/accounts/newrelic/OneDashboard/{dashboard['id']}")
    group = account.call("GET", "/render/v1/env-groups")[0]["envGroup"]
    account.call("DELETE", f"/render/v1/env-groups/{group['id']}")
    webhook = account.call("GET", "/accounts/pagerduty/WebhookSubscription")["objects"][0]
    account.call("DELETE", f"/accounts/pagerduty/WebhookSubscription/{webhook['id']}")
    provisioned.succeed("refresh", "--stack", stack, "--sandbox", "--yes", "--skip-preview")
    provisioned.up(stack)
    assert _provisioned(provisioned) == before


def test_a_destroy_leaves_the_protected_stores_and_nothing_else(provisioned: Checkout, stack: str) -> None:
    provisioned.succeed("destroy", "--stack", stack, "--sandbox", "--yes", "--", "--skip-preview")
    assert {place for place in _provisioned(provisioned)} <= {
        ("render", kind) for kind in (*STORES, "project", "environment")
    }
    held = provisioned.account.counts()["render"]
    assert [held[store] for store in STORES] == [1, 1]


def test_the_explicit_flag_takes_the_stores_too(provisioned: Checkout, stack: str) -> None:
    provisioned.succeed("destroy", "--stack", stack, "--sandbox", "--yes", "--including-stores", "--", "--skip-preview")
    assert _provisioned(provisioned) == {}
