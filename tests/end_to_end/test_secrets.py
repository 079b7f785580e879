"""A marker seeded for each secret setting is found nowhere but in the account that it is meant for."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checkout import ROOT, Checkout

from infra.settings import PROVIDER_SECRETS
from lookout.stack.environment import load_stack, sandbox_pulumi

pytestmark = pytest.mark.engine

# The account itself holds what it was given, as the vendors do; the passphrase is no secret of the stack.
_ACCOUNT = ("store.sqlite3", "server.json", "passphrase")


@pytest.fixture(scope="module")
def seeded(new_checkout: Callable[..., Checkout]) -> tuple[Checkout, dict[str, str]]:
    """A provisioned sandbox whose secrets hold markers, and the markers by setting."""
    checkout = new_checkout()
    specs = load_stack("prod")  # it has the streams too
    pulumi = sandbox_pulumi(checkout.folder, specs)
    names = [f"legal-platform:{setting.name}" for setting in specs.settings if setting.secret]
    names += [name for name in PROVIDER_SECRETS if name != "render:apiKey"]
    markers = {name: f"seeded{number:02d}{'x' * 24}" for number, name in enumerate(names)}
    for name, marker in markers.items():
        pulumi.read(["config", "set", "--secret", name, marker, "--stack", "prod"])
    checkout.succeed("preview", "--stack", "prod", "--sandbox", "--diff")
    checkout.up("prod")
    checkout.succeed("preview", "--stack", "prod", "--sandbox", "--json")
    checkout.succeed("refresh", "--stack", "prod", "--sandbox", "--yes", "--", "--diff")
    return checkout, markers


def _made_by_vendors(checkout: Checkout) -> dict[str, str]:
    """Return the secrets that the vendors made: keys, signing secrets, connection strings."""
    account, made = checkout.account, {}
    for one in account.call("GET", "/accounts/pagerduty/ServiceIntegration")["objects"]:
        made[f"integration {one['id']}"] = one["outputs"]["integrationKey"]
    for one in account.call("GET", "/accounts/pagerduty/EventOrchestration")["objects"]:
        made[f"orchestration {one['id']}"] = one["outputs"]["integrations"][0]["parameters"][0]["routingKey"]
    for store in account.call("GET", "/render/v1/postgres"):
        found = account.call("GET", f"/render/v1/postgres/{store['postgres']['id']}/connection-info")
        made["database password"] = found["password"]
    return made


def _files(checkout: Checkout) -> Iterator[Path]:
    for path in checkout.folder.rglob("*"):
        if path.is_file() and not path.name.startswith(_ACCOUNT):
            yield path
    yield from (ROOT / "infra" / "manifests").glob("*")
    yield from ROOT.glob("Pulumi*.yaml")


def test_no_seeded_secret_stands_in_state_logs_settings_or_manifest(seeded: tuple[Checkout, dict[str, str]]) -> None:
    checkout, markers = seeded
    held = {path: path.read_bytes() for path in _files(checkout)}
    found = [
        (name, str(path)) for name, marker in markers.items() for path, text in held.items() if marker.encode() in text
    ]
    assert found == []


def test_no_seeded_secret_is_printed(seeded: tuple[Checkout, dict[str, str]]) -> None:
    checkout, markers = seeded
    printed = "".join(checkout.output)
    assert [name for name, marker in markers.items() if marker in printed] == []


def test_no_secret_that_a_vendor_made_stands_in_clear_or_is_printed(seeded: tuple[Checkout, dict[str, str]]) -> None:
    checkout, _ = seeded
    made = _made_by_vendors(checkout)
    assert len(made) >= 5
    printed = "".join(checkout.output).encode()
    places = [printed, *(path.read_bytes() for path in _files(checkout))]
    assert [name for name, secret in made.items() if any(secret.encode() in place for place in places)] == []


def test_the_markers_did_reach_the_account(seeded: tuple[Checkout, dict[str, str]]) -> None:
    checkout, markers = seeded
    subprocess.run(["sync"], check=False)
    store = b"".join(path.read_bytes() for path in checkout.folder.glob("store.sqlite3*"))
    reached = {name for name, marker in markers.items() if marker.encode() in store}
    assert {name for name in markers if name.startswith("legal-platform:")} <= reached


def test_the_secrets_of_a_sandbox_are_readable_by_their_owner_only(seeded: tuple[Checkout, dict[str, str]]) -> None:
    checkout, _ = seeded
    for path in (checkout.folder / "state" / "passphrase", checkout.folder / "server.json", checkout.folder):
        assert path.stat().st_mode & 0o077 == 0, path
