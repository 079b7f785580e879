"""The executables that the Pulumi engine finds on PATH."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from accounts_harness import PLUGINS

EXECUTABLES = ["pulumi-resource-newrelic", "pulumi-resource-pagerduty"]


def environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("name", EXECUTABLES)
def test_it_is_executable_by_everybody(name: str) -> None:
    assert stat.S_IMODE((PLUGINS / name).stat().st_mode) == 0o755


@pytest.mark.parametrize("name", EXECUTABLES)
def test_it_tells_its_port_first_even_where_a_file_shadows_an_installed_package(name: str, tmp_path: Path) -> None:
    (tmp_path / "requests.py").write_text("raise SystemExit('shadowed')")
    process = subprocess.Popen(
        [PLUGINS / name, "--logtostderr", "127.0.0.1:1"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert 0 < int(process.stdout.readline()) < 65_536
    finally:
        process.kill()
        process.communicate()


def test_it_says_how_it_is_meant_to_be_started() -> None:
    told = subprocess.run([PLUGINS / EXECUTABLES[0]], env=environment(), capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert told.stderr == "usage: pulumi-resource-newrelic ENGINE_ADDRESS (the Pulumi engine starts it)\n"


def test_it_ends_when_its_engine_was_killed() -> None:
    plugin_path = str(PLUGINS / EXECUTABLES[1])
    command = f"import subprocess as s; p = s.Popen([{plugin_path!r}, 'x']); print(p.pid, flush=True); p.wait()"
    parent = subprocess.Popen([sys.executable, "-c", command], env=environment(), stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    # The plugin's port and its process id come in either order.
    numbers = {int(parent.stdout.readline()) for _ in range(2)}
    plugin = next(child for child in psutil.Process(parent.pid).children() if child.pid in numbers)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 5
    while plugin.is_running() and plugin.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not plugin.is_running() or plugin.status() == psutil.STATUS_ZOMBIE
