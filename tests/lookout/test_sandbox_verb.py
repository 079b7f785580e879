"""`lookout sandbox`, from the outside: against a real sandbox in a folder of the test's own."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from lookout.main import main

HOSTILE = {"PATH": "/a b:/usr/bin", "PULUMI_CONFIG_PASSPHRASE": 'it\'s $HOME; `id` "x"', "EMPTY": ""}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Give the verb a folder of its own, and stop what runs there when the test is over."""
    monkeypatch.setenv("LOOKOUT_SANDBOX_FOLDER", str(tmp_path / "sandbox"))
    yield tmp_path / "sandbox"
    main(["sandbox", "stop"])


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch, folder: Path) -> dict[str, str]:
    """Let the sandbox need variables that a careless shell line would spoil."""
    provider = types.ModuleType("lookout.stack.environment")
    setattr(provider, "sandbox_environment", lambda _folder: HOSTILE)  # noqa: B010  # a module of the test's own making
    monkeypatch.setitem(sys.modules, "lookout.stack.environment", provider)
    return HOSTILE


def test_a_sandbox_is_started_found_running_and_stopped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "start", "--json"]) == 0
    started = json.loads(capsys.readouterr().out)
    assert main(["sandbox", "status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["running"], status["url"], status["pid"]) == (True, started["url"], started["pid"])
    assert main(["sandbox", "stop", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"stopped": True}


def test_a_second_start_says_that_it_runs_already(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sandbox", "start"])
    first = capsys.readouterr().out
    assert main(["sandbox", "start"]) == 0
    assert capsys.readouterr().out == first.replace(" runs at ", " already runs at ")


def test_the_token_and_the_key_of_the_sandbox_are_never_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["start"], ["start", "--json"], ["status"], ["status", "--json"]):
        main(["sandbox", *words])
    shown = capsys.readouterr().out
    token = json.loads((folder / "server.json").read_text())["token"]
    assert token not in shown


def test_stopping_what_does_not_run_is_fine_and_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "stop"]) == 0
    assert capsys.readouterr().out == "The sandbox was not running.\n"


def test_the_status_of_a_sandbox_that_was_never_started_says_how_to_start_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sandbox", "status"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("The sandbox is not running.\n")
    assert "`lookout sandbox start` starts it." in shown


def test_reset_deletes_nothing_unless_it_is_confirmed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    (folder / "store.sqlite3").write_bytes(b"")
    monkeypatch.setattr("click.confirm", lambda *_args, **_options: False)
    assert main(["sandbox", "reset"]) == 0
    assert "Nothing was deleted." in capsys.readouterr().out
    assert (folder / "store.sqlite3").exists()


def test_reset_without_anybody_to_ask_says_what_to_add(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lookout.main", "sandbox", "reset"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "nobody is there to answer.\nRun it with --yes to delete without being asked." in done.stderr


def test_reset_with_yes_leaves_an_empty_sandbox(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sandbox", "start"])
    assert main(["sandbox", "reset", "--yes"]) == 0
    assert "The sandbox is empty." in capsys.readouterr().out
    assert not (folder / "store.sqlite3").exists()


def test_a_fault_of_the_sandbox_is_told_and_the_exit_code_is_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LOOKOUT_SANDBOX_FOLDER", str(tmp_path / "file" / "sandbox"))
    assert main(["sandbox", "start"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("lookout: ")
    assert "unexpected" not in said


def test_the_environment_survives_a_shell_whatever_the_values_hold(
    variables: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["sandbox", "environment"]) == 0
    lines = capfd.readouterr().out
    assert lines.startswith('# Use it like this: eval "$(lookout sandbox environment)"\n')
    show = f"{shlex.quote(sys.executable)} -c 'import json, os; print(json.dumps(dict(os.environ)))'"
    shell = subprocess.run(
        ["/bin/sh", "-c", f'eval "$LINES_"; {show}'], env={"LINES_": lines}, capture_output=True, text=True
    )
    seen = json.loads(shell.stdout)
    assert {name: seen[name] for name in variables} == variables


def test_the_environment_as_json_is_the_same_variables(
    variables: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sandbox", "environment", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == variables
