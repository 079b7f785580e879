"""Setting an engine up where there is none: downloaded, built, or a message that leads on."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from fake_machine import CHECKOUT, FakeMachine, make_machine
from pytest_httpserver import HTTPServer

from lookout.engine import EngineError, build, download, ensure

SLOW_BUILD = "echo fmt; /bin/sleep 1"
FAKE_SDK = """
import pathlib
class PulumiCommand:
    @classmethod
    def install(cls, root):
        for name in ("pulumi", "pulumi-language-python", "pulumi-language-python-exec"):
            program = pathlib.Path(root, "bin", name)
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text("#!/bin/sh\\necho v3.259.0\\n")
            program.chmod(0o755)
"""


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return make_machine(tmp_path)


@pytest.fixture
def here(machine: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> FakeMachine:
    """Make this very process run on the fake machine."""
    for name, value in machine.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LOOKOUT_ENGINE_BIN", raising=False)
    return machine


def test_without_go_and_without_pulumi_the_message_lists_what_was_tried_and_the_ways_on(machine: FakeMachine) -> None:
    code, said = machine.set_up()
    assert code == 2
    assert "lookout: no Pulumi engine (version 3.259.0 or newer) could be set up. Tried:" in said
    assert "- pulumi on PATH: not installed" in said
    assert f"- the cache folder: nothing in {machine.cached_bin}" in said
    assert "- a download: get.pulumi.com cannot be reached from here" in said
    assert "- a build from source: Go is not installed" in said
    assert "Install Pulumi (https://www.pulumi.com/docs/install/)" in said
    assert "Go 1.24 or newer" in said
    assert "Traceback" not in said


def test_without_the_internet_the_download_is_given_up_in_a_few_seconds(machine: FakeMachine) -> None:
    started = time.monotonic()
    machine.set_up()
    assert time.monotonic() - started < 2 * download.REACH_LIMIT_SECONDS


def test_the_engine_is_built_with_go_and_found_from_then_on(machine: FakeMachine) -> None:
    machine.install_go()
    code, said = machine.set_up()
    assert code == 0, said
    assert "engine: built pulumi in" in said
    assert machine.find()["source"] == "cache"
    assert os.access(machine.cached_bin / "pulumi-language-python-exec", os.X_OK)


def test_a_second_set_up_says_nothing_and_starts_no_tool(machine: FakeMachine) -> None:
    machine.install_go()
    machine.set_up()
    calls = machine.log()
    assert machine.set_up() == (0, "")
    assert machine.log() == calls


def test_nothing_is_written_to_the_home_folder_or_left_over_in_the_cache(machine: FakeMachine) -> None:
    machine.install_go('echo x > "$XDG_CONFIG_HOME/../y"; /bin/mkdir -p "$GOCACHE" "$GOPATH"; echo x > "$GOCACHE/x"')
    machine.set_up()
    assert machine.files_in_home() == []
    assert sorted(path.name for path in machine.engines.iterdir()) == ["answers.json", "v3.259.0", "v3.259.0.lock"]


def test_a_half_made_engine_in_the_cache_is_made_again(machine: FakeMachine) -> None:
    machine.install_go()
    machine.install("pulumi", "\x7fELF half of a program", machine.cached_bin)
    code, said = machine.set_up()
    assert code == 0, said
    assert "engine: not from the cache folder" in said
    assert machine.find()["version"] == "3.259.0"


def test_an_old_pulumi_on_path_is_said_to_be_passed_over_when_the_cache_serves(machine: FakeMachine) -> None:
    machine.install_go()
    machine.set_up()
    machine.install_pulumi("v3.9.0")
    code, said = machine.set_up()
    assert code == 0
    assert "engine: passed over pulumi on PATH" in said
    assert "is version 3.9.0, older than the 3.259.0 needed here" in said


@pytest.mark.parametrize(
    ("go", "said"),
    [
        ("#!/bin/sh\necho go version go1.19.8 linux/amd64\n", "is version 1.19, older than the 1.24 needed"),
        ("#!/bin/sh\necho go is a game\n", "answered something else: 'go is a game'"),
        ("#!/bin/sh\nexit 1\n", "version` failed"),
    ],
)
def test_a_go_that_cannot_build_it_is_named_with_the_reason(machine: FakeMachine, go: str, said: str) -> None:
    machine.install("go", go)
    code, output = machine.set_up()
    assert code == 2
    assert said in output


@pytest.mark.parametrize(
    ("last_line", "next_step"),
    [
        ("write /x/y: no space left on device", "The disk is full: free some space"),
        ("dial tcp: lookup proxy.golang.org: no such host", "The network could not be reached"),
        ("x509: certificate signed by unknown authority", "A TLS certificate was refused"),
        ("something nobody has seen before", "Install Pulumi"),
    ],
)
def test_a_failed_build_shows_the_last_lines_and_the_step_that_fits(
    machine: FakeMachine, last_line: str, next_step: str
) -> None:
    machine.install_go(f"echo '{last_line}' >&2; exit 1")
    code, said = machine.set_up()
    assert code == 2
    assert "go build of pulumi failed with exit code 1; its last lines:" in said
    assert last_line in said
    assert next_step in said


def test_a_build_after_a_failed_one_goes_on_from_what_was_compiled(machine: FakeMachine) -> None:
    machine.install_go('/bin/mkdir -p "$GOCACHE"; echo kept > "$GOCACHE/kept"; exit 1')
    machine.set_up()
    machine.install_go('/bin/cat "$GOCACHE/kept" >> "$FAKE_LOG"')
    assert machine.set_up()[0] == 0
    assert "kept" in machine.log()


def test_a_password_in_a_proxy_address_is_not_repeated(machine: FakeMachine) -> None:
    machine.install_go("echo 'reading https://me:hunter2@proxy.example/x: 403' >&2; exit 1")
    _, said = machine.set_up()
    assert "hunter2" not in said
    assert "https://***@proxy.example/x: 403" in said


def test_a_full_disk_is_said_before_the_build_begins(here: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    here.install_go()
    monkeypatch.setattr(build, "NEEDED_DISK_BYTES", 10**18)
    with pytest.raises(EngineError, match="the build needs 1000000000 GB of disk for a while"):
        ensure(print)
    assert here.log() == ["version"]


def test_a_cache_folder_that_cannot_be_written_is_named(machine: FakeMachine) -> None:
    (machine.root / "file").write_text("")
    code, said = machine.set_up(XDG_CACHE_HOME=str(machine.root / "file"))
    assert code == 2
    assert str(machine.root / "file" / "lookout") in said
    assert "set XDG_CACHE_HOME to another" in said
    assert "Traceback" not in said


def test_of_two_set_ups_at_once_one_builds_and_the_other_waits_for_it(machine: FakeMachine) -> None:
    machine.install_go(SLOW_BUILD)
    both = [machine.start_set_up(), machine.start_set_up()]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("is setting up the engine; waiting for it to finish" in text for text in said) == 1
    assert sum(call.startswith("build") for call in machine.log()) == 2  # one for each program, by one set-up


def test_a_set_up_that_is_killed_leaves_nothing_that_looks_finished_and_the_next_one_finishes(
    machine: FakeMachine,
) -> None:
    machine.install_go(SLOW_BUILD)
    first = machine.start_set_up()
    _wait_for_call(machine, "build")
    first.kill()
    first.communicate()
    assert not machine.cached_bin.exists()
    assert machine.set_up()[0] == 0
    assert not list(machine.engines.glob("making-*"))


def test_ending_the_set_up_ends_the_tool_it_started(machine: FakeMachine) -> None:
    machine.install_go('echo $$ > "$FAKE_LOG.pid"; /bin/sleep 60')
    process = machine.start_set_up()
    _wait_for_call(machine, "build")
    tool = int(_wait_for_text(machine.root / "log.pid"))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    with pytest.raises(ProcessLookupError):
        os.kill(tool, 0)


def test_where_the_internet_can_be_reached_pulumis_own_installer_is_used(
    here: FakeMachine, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/install.sh", method="HEAD").respond_with_data("")
    monkeypatch.setattr(download, "INSTALLER_ADDRESS", httpserver.url_for("/install.sh"))
    sdk = here.root / "sdk" / "pulumi"
    sdk.mkdir(parents=True)
    (sdk / "__init__.py").write_text("")
    (sdk / "automation.py").write_text(FAKE_SDK)
    monkeypatch.setenv("PYTHONPATH", str(sdk.parent))
    engine = ensure(print)
    assert (engine.source, engine.bin_folder) == ("downloaded", here.cached_bin)


def test_an_installer_address_that_refuses_is_said_and_the_build_comes_next(
    here: FakeMachine, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/install.sh").respond_with_data("", status=403)
    monkeypatch.setattr(download, "INSTALLER_ADDRESS", httpserver.url_for("/install.sh"))
    here.install_go()
    said: list[str] = []
    assert ensure(said.append).source == "built"
    assert "engine: not from a download: get.pulumi.com cannot be reached from here (it answered 403)" in said


def test_the_go_modules_pin_one_release_with_its_hashes() -> None:
    for folder, module in (("cli", "pulumi/pkg/v3 v3.259.0"), ("language_host", "pulumi/sdk/v3 v3.78.0")):
        pinned = CHECKOUT / "lookout" / "engine" / folder
        assert module in (pinned / "go.mod").read_text()
        assert f"{module} h1:" in (pinned / "go.sum").read_text()


def _wait_for_call(machine: FakeMachine, start: str) -> None:
    deadline = time.monotonic() + 20
    while not any(call.startswith(start) for call in machine.log()):
        assert time.monotonic() < deadline, machine.log()
        time.sleep(0.02)


def _wait_for_text(path: Path) -> str:
    deadline = time.monotonic() + 20
    while not path.exists() or not path.read_text().endswith("\n"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return path.read_text()
