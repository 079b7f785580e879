"""The set-up of a checkout: made once, finished when it was left half-made, and quick when there is nothing to do."""

from __future__ import annotations

import ast
import json
import os
import runpy
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKED = CHECKOUT / "requirements.lock"

PYPROJECT = """
[build-system]
requires = []
build-backend = "in_tree_backend"
backend-path = ["."]
[project]
name = "lookout"
version = "0.1.0"
"""

# Builds the editable wheel without setuptools, so that these tests need no package index.
BACKEND = """
import pathlib, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "lookout-0.1.0-py3-none-any.whl"
    info = "lookout-0.1.0.dist-info/"
    files = {
        "lookout_checkout.pth": str(pathlib.Path.cwd()) + "\\n",
        info + "METADATA": "Metadata-Version: 2.1\\nName: lookout\\nVersion: 0.1.0\\n",
        info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        info + "entry_points.txt": "[console_scripts]\\nlookout = lookout.main:main\\n",
    }
    record = "".join(f"{path},,\\n" for path in [*files, info + "RECORD"])
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / name, "w") as wheel:
        for path, content in {**files, info + "RECORD": record}.items():
            wheel.writestr(path, content)
    return name
"""


@dataclass(frozen=True)
class FreshCheckout:
    """A checkout with nothing set up and no packages locked, on a machine where Pulumi is installed."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def environment(self) -> dict[str, str]:
        machine = self.root.parent
        return {
            "PATH": str(machine / "bin"),
            "HOME": str(machine / "home"),
            "XDG_CACHE_HOME": str(machine / "cache"),
            "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
            "PIP_RETRIES": "1",
        }

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys._base_executable, "-m", "lookout.bootstrap"],  # type: ignore[attr-defined]  # CPython has it
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def set_up(self) -> tuple[int, str]:
        process = self.start()
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def runs_the_command(self) -> bool:
        command = [str(self.venv / "bin" / "python"), "-c", "import lookout.errors; print(lookout.errors.__file__)"]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=True)
        return done.stdout.strip() == str(self.root / "lookout" / "errors.py")


def make_checkout(machine: Path) -> FreshCheckout:
    root = machine / "checkout"
    shutil.copytree(CHECKOUT / "lookout", root / "lookout", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "requirements.lock").write_text("# nothing is locked\n")
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "in_tree_backend.py").write_text(BACKEND)
    (machine / "home").mkdir()
    for name in ("pulumi", "pulumi-language-python"):
        program = machine / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\necho v3.259.0\n")
        program.chmod(0o755)
    return FreshCheckout(root)


@pytest.fixture
def fresh(tmp_path: Path) -> FreshCheckout:
    return make_checkout(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> FreshCheckout:
    """A checkout that is set up, for tests that leave it set up."""
    checkout = make_checkout(tmp_path_factory.mktemp("machine"))
    code, said = checkout.set_up()
    assert code == 0, said
    return checkout


@pytest.fixture
def ready(shared: FreshCheckout) -> Iterator[FreshCheckout]:
    yield shared
    code, said = shared.set_up()
    assert code == 0, said


def test_a_fresh_checkout_is_set_up_and_each_step_says_how_long_it_took(fresh: FreshCheckout) -> None:
    code, said = fresh.set_up()
    assert code == 0, said
    assert f"into {fresh.venv} (only this folder and your cache are written)" in said
    assert "set-up: making the virtual environment\nset-up: done in" in said
    assert "set-up: installing the command .venv/bin/lookout\nset-up: done in" in said
    assert os.access(fresh.venv / "bin" / "lookout", os.X_OK)
    assert fresh.runs_the_command()


def test_the_set_up_writes_nothing_to_the_home_folder(ready: FreshCheckout) -> None:
    assert list((ready.root.parent / "home").rglob("*")) == []


def test_a_second_set_up_says_nothing_and_changes_nothing(ready: FreshCheckout) -> None:
    before = {path: path.stat().st_mtime_ns for path in ready.venv.rglob("*") if "__pycache__" not in path.parts}
    assert ready.set_up() == (0, "")
    after = {path: path.stat().st_mtime_ns for path in ready.venv.rglob("*") if "__pycache__" not in path.parts}
    assert after == before


def test_a_second_set_up_costs_no_more_than_a_dozen_bare_starts_of_python(ready: FreshCheckout) -> None:
    ready.set_up()  # compiles its own modules
    bare = _quickest(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    assert _quickest(ready.set_up) < 12 * bare


def test_a_changed_lock_file_is_installed_and_a_package_nobody_serves_is_a_clear_message(ready: FreshCheckout) -> None:
    lock = ready.root / "requirements.lock"
    lock.write_text(f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n")
    code, said = ready.set_up()
    lock.write_text("# nothing is locked\n")
    assert code == 2
    assert "lookout: the set-up stopped: installing 1 locked packages failed with exit code 1" in said
    assert "The network could not be reached: check the connection" in said
    assert "Traceback" not in said


def test_a_locked_package_that_vanished_from_the_environment_is_noticed(ready: FreshCheckout) -> None:
    pip = next(ready.venv.glob("lib/python*/site-packages/pip-*.dist-info"))
    lock = ready.root / "requirements.lock"
    lock.write_text(f"pip=={pip.name.split('-')[1].removesuffix('.dist')} --hash=sha256:{'0' * 64}\n")
    assert ready.set_up()[0] == 0
    shutil.rmtree(pip)
    code, said = ready.set_up()
    lock.write_text("# nothing is locked\n")
    assert code == 0, said
    assert "making it again" in said


def test_a_command_that_vanished_from_the_environment_is_installed_again(ready: FreshCheckout) -> None:
    (ready.venv / "bin" / "lookout").unlink()
    code, said = ready.set_up()
    assert code == 0
    assert "installing the command" in said
    assert os.access(ready.venv / "bin" / "lookout", os.X_OK)


def test_a_half_installed_package_is_installed_again(ready: FreshCheckout) -> None:
    metadata = next(ready.venv.glob("lib/python*/site-packages/lookout-0.1.0.dist-info"))
    (metadata / "RECORD").unlink()
    (ready.venv / "lookout-set-up.json").unlink()
    code, said = ready.set_up()
    assert code == 0, said
    assert "set-up: lookout-0.1.0 is half-installed; installing it again" in said
    assert ready.runs_the_command()


@pytest.mark.parametrize("seconds", [0.3, 1.2, 2.5])
def test_a_set_up_that_was_killed_is_finished_by_the_next_one(fresh: FreshCheckout, seconds: float) -> None:
    first = fresh.start()
    time.sleep(seconds)
    first.kill()
    first.communicate()
    code, said = fresh.set_up()
    assert code == 0, said
    assert fresh.runs_the_command()


def test_an_environment_that_lost_its_python_is_made_again(ready: FreshCheckout) -> None:
    for name in os.listdir(ready.venv / "bin"):
        if name.startswith("python"):
            (ready.venv / "bin" / name).unlink()
    code, said = ready.set_up()
    assert code == 0, said
    assert "the virtual environment is half-made, was moved or lost its Python; making it again" in said
    assert ready.runs_the_command()


def test_a_checkout_that_was_moved_is_set_up_again_where_it_is_now(fresh: FreshCheckout) -> None:
    fresh.set_up()
    moved = FreshCheckout(fresh.root.rename(fresh.root.with_name("moved")))
    code, said = moved.set_up()
    assert code == 0, said
    assert moved.runs_the_command()


def test_a_folder_that_is_no_virtual_environment_is_left_alone(fresh: FreshCheckout) -> None:
    fresh.venv.mkdir()
    (fresh.venv / "thesis.txt").write_text("years of work")
    code, said = fresh.set_up()
    assert code == 2
    assert f"{fresh.venv} exists and is not a virtual environment of this checkout's own." in said
    assert "Move it away" in said
    assert (fresh.venv / "thesis.txt").read_text() == "years of work"


def test_of_two_set_ups_of_one_checkout_one_works_and_the_other_waits(fresh: FreshCheckout) -> None:
    both = [fresh.start(), fresh.start()]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("making the virtual environment" in text for text in said) == 1
    assert sum("is setting up this checkout; waiting for it to finish" in text for text in said) == 1


def test_an_older_python_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 1, "final", 0))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(CHECKOUT / "lookout" / "bootstrap.py"), run_name="__main__")
    assert ended.value.code == 2
    assert "lookout: Python 3.11 or newer is needed" in capsys.readouterr().err


def test_what_runs_before_the_version_check_can_be_read_by_an_old_python() -> None:
    for module in ("lookout/__init__.py", "lookout/bootstrap.py"):
        ast.parse((CHECKOUT / module).read_text(), feature_version=(3, 7))


def test_the_dependency_list_carries_a_hash_for_every_package_and_no_index_address() -> None:
    text = LOCKED.read_text()
    entries = [
        entry for entry in text.replace("\\\n", " ").splitlines() if entry and not entry.lstrip().startswith("#")
    ]
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "index-url" not in text
    assert "://" not in text


def test_the_stamp_says_which_lock_file_and_checkout_it_belongs_to(ready: FreshCheckout) -> None:
    stamp = json.loads((ready.venv / "lookout-set-up.json").read_text())
    assert stamp["checkout"] == str(ready.root)
    assert len(stamp["sha256"]) == 64


def _quickest(work: object) -> float:
    assert callable(work)
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)
