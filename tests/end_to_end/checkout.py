"""A checkout and a sandbox for one test: the command is run as a person runs it, in a folder of the test's own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil
import requests

ROOT = Path(__file__).resolve().parents[2]
_LEFT_OUT = {".git", ".venv", ".lookout", "tests", "docs", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
_RUN_SECONDS = 300


@dataclass
class Checkout:
    """A sandbox in `folder`, used through the checkout at `root`; `output` is all that was ever printed."""

    folder: Path
    root: Path = ROOT
    output: list[str] = field(default_factory=list)

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """The person's environment, with this sandbox and this checkout chosen."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PULUMI_", "LOOKOUT_SANDBOX"))
        }
        return {**kept, "LOOKOUT_SANDBOX_FOLDER": str(self.folder), "PYTHONPATH": str(self.root), "CI": "true"}

    def lookout(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "lookout.main", *words],
            cwd=self.root,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=_RUN_SECONDS,
            check=False,
        )
        self.output += [done.stdout, done.stderr]
        return done

    def succeed(self, *words: str) -> str:
        """Run the command, which has to answer with code 0; return what it printed."""
        done = self.lookout(*words)
        assert done.returncode == 0, f"lookout {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        """Start the sandbox."""
        self.succeed("sandbox", "start")

    def up(self, stack: str = "staging", *more: str) -> str:
        """Provision a stack without being asked."""
        return self.succeed("up", "--stack", stack, "--sandbox", "--yes", "--skip-preview", *more)

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start the command, in a process group of its own, and return at once."""
        return subprocess.Popen(
            [sys.executable, "-m", "lookout.main", *words],
            cwd=self.root,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @property
    def account(self) -> Account:
        """The running account, spoken to directly: what happens in it happens behind Pulumi's back."""
        kept = json.loads((self.folder / "server.json").read_text(encoding="utf-8"))
        return Account(f"http://127.0.0.1:{kept['port']}", kept["token"])

    def shell(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a line in a shell that has taken over the sandbox's environment."""
        done = subprocess.run(
            ["bash", "-c", f'eval "$("{sys.executable}" -m lookout.main sandbox environment)" && {line}'],
            cwd=self.root,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=_RUN_SECONDS,
            check=False,
        )
        self.output += [done.stdout, done.stderr]
        return done

    def pulumi(self, *words: str) -> str:
        """Run plain `pulumi` in such a shell; it has to succeed."""
        done = self.shell(f"pulumi {' '.join(words)}")
        assert done.returncode == 0, f"pulumi {words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def state(self, stack: str = "staging") -> list[dict[str, Any]]:
        """Return the resources of a stack's state that are objects in an account."""
        path = self.folder / "state" / "backend" / ".pulumi" / "stacks" / "legal-platform" / f"{stack}.json"
        latest = json.loads(path.read_text(encoding="utf-8"))["checkpoint"]["latest"] or {}
        return [one for one in latest.get("resources", []) if one.get("custom") and ":providers:" not in one["type"]]

    def stop(self) -> None:
        """Stop the sandbox."""
        self.lookout("sandbox", "stop")


@dataclass(frozen=True)
class Account:
    """The sandbox's account over HTTP."""

    url: str
    token: str = field(repr=False)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Make one request that has to succeed; return its JSON, None when it has none."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.request(method, f"{self.url}{path}", json=body, headers=headers, timeout=30)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many objects the account holds, by vendor and kind."""
        counts: dict[str, dict[str, int]] = self.call("GET", "/_sandbox/status")["counts"]
        return counts

    def total(self) -> int:
        """Return how many objects the account holds."""
        return sum(sum(kinds.values()) for kinds in self.counts().values())


def copy_of_checkout(folder: Path) -> Path:
    """Copy the sources, for a test that edits them."""
    shutil.copytree(ROOT, folder, ignore=lambda where, names: [n for n in names if _is_left_out(Path(where), n)])
    return folder


def _is_left_out(where: Path, name: str) -> bool:
    return name == "__pycache__" or (where == ROOT and name in _LEFT_OUT)


def kill_tree(process: subprocess.Popen[str]) -> None:
    """Kill the command, Pulumi and its plugins at once, so that nobody can tidy up."""
    _kill(_family(process))
    process.communicate()


def kill_pulumi(process: subprocess.Popen[str]) -> None:
    """Kill Pulumi's command line alone; the command that ran it and the plugins find out by themselves."""
    _kill([member for member in _family(process) if member.name() == "pulumi"])
    process.communicate()


def _family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    try:
        return [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _kill(members: list[psutil.Process]) -> None:
    for member in members:
        with suppress(ProcessLookupError):
            os.kill(member.pid, signal.SIGKILL)


def wait_until(condition: Any, seconds: float = 60.0) -> bool:
    """Wait for a condition; return whether it came to hold."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False
