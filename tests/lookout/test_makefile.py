"""The two commands a newcomer is given, and CI's one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def _make(*words: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True).stdout


def test_make_alone_shows_the_two_commands_first() -> None:
    first, second = _make().splitlines()[:2]
    assert first.startswith("make sandbox ")
    assert second.startswith("make test ")


def test_make_sandbox_sets_up_and_then_does_the_main_job() -> None:
    assert _make("--dry-run", "sandbox", "PYTHON=python3").splitlines() == [
        "python3 -m lookout.bootstrap",
        ".venv/bin/lookout first-run",
    ]


def test_make_test_sets_up_and_then_checks_style_types_monitors_and_every_test() -> None:
    steps = _make("--dry-run", "test", "PYTHON=python3")
    wanted = (
        "-m lookout.bootstrap",
        "-m ruff check",
        "-m ruff format",
        "-m mypy",
        "lookout check",
        "lookout test",
        "-m pytest",
    )
    places = [steps.index(step) for step in wanted]
    assert places == sorted(places)


def test_ci_runs_exactly_make_test_and_lets_nothing_be_skipped() -> None:
    script = CHECKOUT / ".ci" / "run"
    lines = script.read_text().splitlines()
    assert os.access(script, os.X_OK)
    assert lines[-1] == "exec make test"
    assert "export CI=true LOOKOUT_NO_SKIPS=1" in lines
    subprocess.run(["bash", "-n", str(script)], check=True)
