"""What cannot work is refused before the first write, in words that say what to do."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from checkout import Checkout, copy_of_checkout, wait_until

pytestmark = pytest.mark.engine

_PREVIEW = ("preview", "--stack", "staging", "--sandbox")


@pytest.fixture(scope="module")
def running(new_checkout: Callable[..., Checkout]) -> Checkout:
    """A sandbox that holds nothing."""
    return new_checkout()


def test_an_unknown_stack_is_refused_with_the_known_ones(running: Checkout) -> None:
    done = running.lookout("up", "--stack", "stagging", "--sandbox", "--yes")
    assert done.returncode == 2
    assert 'there is no stack "stagging"; the catalogue has staging and prod' in done.stderr


def test_a_sandbox_that_does_not_run_is_told_with_the_command_that_starts_it(tmp_path: Path) -> None:
    done = Checkout(tmp_path / "none").lookout(*_PREVIEW)
    assert done.returncode == 2
    assert "does not run" in done.stderr
    assert "lookout sandbox start" in done.stderr


def test_a_wrong_value_in_a_spec_names_spec_place_field_value_and_advice(running: Checkout, tmp_path: Path) -> None:
    edited = replace(running, root=copy_of_checkout(tmp_path / "edited"))
    terms = edited.root / "monitors" / "catalog" / "terms.py"
    terms.write_text(
        terms.read_text().replace(
            "STEADY: Final = Signal(window_seconds=MINUTE", "STEADY: Final = Signal(window_seconds=10"
        )
    )
    done = edited.lookout(*_PREVIEW)
    assert done.returncode == 2
    assert "signal (catalog/terms.py:" in done.stderr
    assert "field window_seconds is 10" in done.stderr
    assert "30 to 21,600 s" in done.stderr


def test_every_missing_and_unknown_setting_is_told_at_once(running: Checkout) -> None:
    done = running.shell(
        "pulumi config rm legal-platform:anthropicApiKey && pulumi config rm legal-platform:publicUrl && "
        "pulumi config set legal-platform:publcUrl https://x.example && pulumi preview --non-interactive"
    )
    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert "3 settings to mend" in told
    assert "pulumi config set --stack staging --secret legal-platform:anthropicApiKey" in told
    assert "legal-platform:publicUrl is not set" in told
    assert "legal-platform:publcUrl is no setting; did you mean legal-platform:publicUrl?" in told
    assert "Traceback" not in told


def test_the_next_run_generates_what_was_taken_away(running: Checkout) -> None:
    running.shell("pulumi config rm legal-platform:xaiApiKey")
    running.succeed(*_PREVIEW)


def test_a_port_in_use_is_told_with_another_way(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = Checkout(tmp_path / "sandbox").lookout("sandbox", "start", "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} on 127.0.0.1 is taken by another program" in done.stderr
    assert "--port N" in done.stderr


def test_a_damaged_store_is_told_with_the_command_that_empties_it(tmp_path: Path) -> None:
    damaged = Checkout(tmp_path / "sandbox")
    damaged.start()
    damaged.stop()
    (damaged.folder / "store.sqlite3").write_bytes(b"not a database" * 1000)
    done = damaged.lookout("sandbox", "start")
    assert done.returncode == 2
    assert "is damaged" in done.stderr
    assert "lookout sandbox reset" in done.stderr


def test_a_machine_without_pulumi_is_told_what_was_tried(running: Checkout, tmp_path: Path) -> None:
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if "lookout" not in part)
    bare = Checkout(running.folder)
    bare.environment = {**running.environment, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": path}
    done = bare.lookout(*_PREVIEW)
    assert done.returncode == 2
    assert "no Pulumi engine" in done.stderr
    assert "make sandbox" in done.stderr


def test_a_running_update_is_not_disturbed(running: Checkout) -> None:
    first = running.begin("up", "--stack", "staging", "--sandbox", "--yes", "--skip-preview")
    locks = running.folder / "state" / "backend" / ".pulumi" / "locks" / "organization" / "legal-platform" / "staging"
    assert wait_until(lambda: locks.is_dir() and any(locks.glob("*.json")))
    second = running.lookout("up", "--stack", "staging", "--sandbox", "--yes")
    assert second.returncode == 2
    assert "is being changed by process" in second.stderr
    assert first.wait(timeout=120) == 0, first.communicate()[0]
