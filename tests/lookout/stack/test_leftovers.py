"""Plugins that outlive their Pulumi, and state files that were cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from lookout.errors import CouldNotRun
from lookout.stack.leftovers import end_orphaned_plugins, mend_state

URL = "http://127.0.0.1:1"


@pytest.fixture
def plugin(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like a plugin working on the sandbox at `URL`."""
    program = tmp_path / "pulumi-resource-newrelic"
    program.write_text("import time\ntime.sleep(60)\n")
    environment = {**os.environ, "LOOKOUT_SANDBOX_URL": URL}
    process = subprocess.Popen([sys.executable, str(program)], env=environment)
    yield process
    process.kill()
    process.wait()


def test_a_plugin_without_its_pulumi_is_ended(plugin: subprocess.Popen[bytes]) -> None:
    assert psutil.pid_exists(plugin.pid)
    end_orphaned_plugins(URL)
    assert not psutil.pid_exists(plugin.pid)


def test_a_plugin_of_another_sandbox_is_left_alone(plugin: subprocess.Popen[bytes]) -> None:
    end_orphaned_plugins("http://127.0.0.1:2")
    assert plugin.poll() is None


def test_a_state_that_was_cut_off_gives_way_to_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "staging.json"
    path.write_text("")
    (tmp_path / "staging.json.bak").write_text('{"version": 3}')
    mend_state(tmp_path, path)
    assert path.read_text() == '{"version": 3}'


def test_a_state_that_is_gone_is_brought_back(tmp_path: Path) -> None:
    (tmp_path / "staging.json.bak").write_text('{"version": 3}')
    mend_state(tmp_path, tmp_path / "staging.json")
    assert (tmp_path / "staging.json").exists()


def test_a_whole_state_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "staging.json"
    path.write_text('{"version": 3, "checkpoint": {}}')
    (tmp_path / "staging.json.bak").write_text('{"version": 3}')
    mend_state(tmp_path, path)
    assert path.read_text() == '{"version": 3, "checkpoint": {}}'


def test_attributes_that_were_cut_off_are_taken_away_and_whole_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "staging.json.attrs").write_text("")
    (tmp_path / "staging.json.bak.attrs").write_text('{"md5": ""}')
    mend_state(tmp_path, tmp_path / "staging.json")
    assert [path.name for path in tmp_path.iterdir()] == ["staging.json.bak.attrs"]


def test_a_stack_that_was_never_made_is_no_damage(tmp_path: Path) -> None:
    mend_state(tmp_path, tmp_path / "staging.json")
    assert list(tmp_path.iterdir()) == []


def test_two_damaged_states_are_told_with_both_ways_out(tmp_path: Path) -> None:
    (tmp_path / "staging.json").write_text("{")
    with pytest.raises(CouldNotRun, match="are both damaged") as refusal:
        mend_state(tmp_path, tmp_path / "staging.json")
    assert ".pulumi/backups" in str(refusal.value)
    assert "lookout sandbox reset" in str(refusal.value)
