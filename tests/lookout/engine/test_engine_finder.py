"""Which engine is used when there are several, one or none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from fake_machine import FakeMachine, make_machine

from lookout.engine import Engine, environment, version
from lookout.engine.version import NotAnEngine, Version, cli_version


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return make_machine(tmp_path)


def test_a_pulumi_on_path_that_is_new_enough_is_used(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.300.1")
    assert machine.find() == {
        "bin": str(machine.bin),
        "version": "3.300.1",
        "source": "path",
        "host": str(machine.bin),
    }


def test_an_older_pulumi_on_path_is_passed_over_for_the_one_in_the_cache(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.100.0")
    machine.install_pulumi("v3.259.0", machine.cached_bin)
    machine.install("pulumi-language-python-exec", "#!/usr/bin/env python\n", machine.cached_bin)
    assert machine.find()["source"] == "cache"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("v3.258.9", "is version 3.258.9, older than the 3.259.0 needed here"),
        ("v3.259.0-beta.1", "is version 3.259.0 (pre-release), older than the 3.259.0 needed here"),
        ("v4.0.0", "is version 4.0.0; the Pulumi SDK locked here works with 3.x only"),
        ("hello", "answered something else: 'hello' is not a version"),
        ("; exit 3", "version ended with code 3"),
    ],
)
def test_a_pulumi_on_path_that_cannot_be_used_is_named_with_the_reason(
    machine: FakeMachine, answer: str, said: str
) -> None:
    program = machine.install_pulumi(answer)
    error = machine.find()["error"]
    assert f"pulumi on PATH: {program}" in error or f"pulumi on PATH: `{program}" in error
    assert said in error


def test_a_pulumi_without_the_python_language_host_is_passed_over(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.259.0", with_host=False)
    assert "has no `pulumi-language-python` beside it or on PATH" in machine.find()["error"]


def test_a_language_host_in_another_folder_of_path_serves(machine: FakeMachine) -> None:
    elsewhere = machine.root / "elsewhere"
    machine.install_pulumi("v3.259.0", with_host=False)
    machine.install("pulumi-language-python", "#!/bin/sh\nexit 255\n", elsewhere)
    assert machine.find(PATH=f"{machine.bin}{os.pathsep}{elsewhere}")["host"] == str(elsewhere)


def test_where_there_is_none_the_error_names_every_place_and_the_next_step(machine: FakeMachine) -> None:
    error = machine.find()["error"]
    assert "no Pulumi engine (version 3.259.0 or newer) is set up on this machine" in error
    assert "pulumi on PATH: not installed" in error
    assert f"the cache folder: nothing in {machine.cached_bin}" in error
    assert "Run `make sandbox`" in error


def test_the_folder_named_by_the_override_comes_before_all_others(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.300.0")
    own = machine.root / "own"
    machine.install_pulumi("v3.270.0", own)
    found = machine.find(LOOKOUT_ENGINE_BIN=str(own))
    assert (found["source"], found["version"], found["bin"]) == ("override", "3.270.0", str(own))


def test_an_override_that_is_wrong_is_an_error_and_not_passed_over(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.300.0")
    error = machine.find(LOOKOUT_ENGINE_BIN=str(machine.root / "nowhere"))["error"]
    assert f"LOOKOUT_ENGINE_BIN={machine.root / 'nowhere'} does not name a folder with a usable engine" in error
    assert f"{machine.root / 'nowhere' / 'pulumi'} is missing" in error
    assert "or unset it" in error


def test_the_version_is_asked_once_and_remembered_while_the_file_stays_the_same(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.259.0")
    for _ in range(3):
        machine.find()
    assert machine.log() == ["pulumi version"]


def test_an_upgraded_pulumi_is_asked_again(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.259.0")
    machine.find()
    machine.install_pulumi("v3.1000.0")
    assert machine.find()["version"] == "3.1000.0"


def test_a_spoilt_memory_of_versions_is_written_anew(machine: FakeMachine) -> None:
    machine.install_pulumi("v3.259.0")
    machine.engines.mkdir(parents=True)
    (machine.engines / "answers.json").write_text('{"half')
    assert machine.find()["version"] == "3.259.0"


@pytest.mark.parametrize("damage", ["", "\x7fELF half of a program"])
def test_a_half_written_program_in_the_cache_is_not_taken_for_an_engine(machine: FakeMachine, damage: str) -> None:
    machine.install_pulumi("v3.259.0", machine.cached_bin)
    machine.install("pulumi-language-python-exec", "#!/usr/bin/env python\n", machine.cached_bin)
    (machine.cached_bin / "pulumi").write_text(damage)
    assert f"the cache folder: {machine.cached_bin / 'pulumi'}" in machine.find()["error"]


def test_a_program_that_never_answers_is_given_up_on(machine: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(machine.root / "cache"))
    monkeypatch.setattr(version, "ANSWER_LIMIT_SECONDS", 0.2)
    program = machine.install("pulumi", "#!/bin/sh\nexec /bin/sleep 30\n")
    with pytest.raises(NotAnEngine, match="gave no answer"):
        cli_version(program)


def test_versions_are_ordered_by_number_and_a_pre_release_comes_before_its_release() -> None:
    ordered = ["3.99.0", "3.259.0-alpha.1+build", "v3.259.0", "3.1000.0", "4.0.0"]
    parsed = [Version.parse(text) for text in ordered]
    assert parsed == sorted(parsed)


def test_the_environment_puts_this_python_and_the_engine_first_on_path_and_changes_nothing_else() -> None:
    engine = Engine(Path("/engine"), "3.259.0", "path", Path("/host"))
    base = {"PATH": "/usr/bin:/engine:/bin", "HOME": "/home/x"}
    made = environment(engine, base)
    assert made == {"PATH": f"{sys.prefix}/bin:/engine:/host:/usr/bin:/bin", "HOME": "/home/x"}
    assert base["PATH"] == "/usr/bin:/engine:/bin"
