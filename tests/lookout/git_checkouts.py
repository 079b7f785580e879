"""Real git repositories for tests: small ones with a catalogue of their own, and copies of this one's."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
# A catalogue outside our own: read with the vocabulary of this checkout, since its tree has none.
SMALL = """
from monitors.spec import Observability, Platform, Response, Stack, Team, User


def stack():
    return Stack(
        name="prod",
        tags={},
        platform=Platform(project="small"),
        observability=Observability(policies=(), destinations=(), workflows=(), dashboards=()),
        response=Response(
            users=(User(key="first", role="First engineer"),),
            teams=(Team(key="team", name="The team", description="It answers every page.", members=("first",)),),
            schedules=(),
            escalation_policies=(),
            services=(),
        ),
    )
"""
TARGET = "watched:stack"


class Checkout:
    """A git repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@legal-platform.example"]
        command = ["git", "-C", str(self.folder), *identity, *arguments]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    def write(self, path: str, text: str) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old)
        self.write(path, text.replace(old, new))

    def commit(self, message: str = "A change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def status(self) -> str:
        return self.git("status", "--porcelain", "--ignored")


def small(folder: Path, catalogue: str = SMALL) -> Checkout:
    """Return a repository with one commit, in which `watched.py` is the catalogue."""
    checkout = Checkout(folder)
    checkout.write("watched.py", catalogue)
    checkout.commit("First")
    return checkout


def whole(folder: Path) -> Checkout:
    """Return a repository with one commit of everything that this checkout's catalogue is read from."""
    for part in ("service", "monitors"):
        shutil.copytree(CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    checkout = Checkout(folder)
    checkout.write(".gitignore", "__pycache__/\n.lookout/\n")
    checkout.commit("First")
    return checkout
