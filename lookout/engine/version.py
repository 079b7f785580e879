"""Which version a Pulumi program says it is, asked once and remembered while the file stays the same."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lookout.engine.places import engines_folder, private_environment

ANSWER_LIMIT_SECONDS = 20.0  # a cold start from a slow disk takes about 3; a program that hangs must not hang us
_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+\S*)?\s*")


class NotAnEngine(Exception):
    """The program at hand cannot be run or does not answer as Pulumi does; the text says which and how."""


class NotThere(NotAnEngine):
    """Nothing is at the place looked at, which is no news to the person; a thing that is there and unfit is."""


@dataclass(frozen=True, order=True)
class Version:
    """A release as Pulumi numbers them; a pre-release counts as older than the release it leads to."""

    major: int
    minor: int
    patch: int
    is_release: bool = True

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read `v3.259.0` or `3.259.0-beta.1+build`. Raises `ValueError` for anything else."""
        match = _VERSION.fullmatch(text)
        if match is None:
            raise ValueError(f"{text[:60]!r} is not a version")
        major, minor, patch = (int(part) for part in match.group(1, 2, 3))
        return cls(major, minor, patch, is_release=match.group(4) is None)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}{'' if self.is_release else ' (pre-release)'}"


# The release the modules in cli/go.mod pin, the lock file's SDK belongs to, and every proof here was made with.
WANTED = Version(3, 259, 0)


def cli_version(program: Path) -> Version:
    """Return what `program version` answers, from memory when the file has not changed since. Raises `NotAnEngine`."""
    answer = _remembered_answer(program, ["version"])
    try:
        return Version.parse(answer)
    except ValueError as error:
        raise NotAnEngine(f"`{program} version` answered something else: {error}") from error


def check_runs(program: Path) -> None:
    """Raise `NotAnEngine` unless `program` is an executable this machine can start (half-written files cannot)."""
    _remembered_answer(program, [], any_exit_code=True)


def _remembered_answer(program: Path, arguments: list[str], *, any_exit_code: bool = False) -> str:
    try:
        stat = program.stat()
    except OSError as error:
        raise NotAnEngine(f"{program} cannot be read ({error.strerror})") from error
    mark = f"{program.resolve()}|{stat.st_mtime_ns}|{stat.st_size}|{stat.st_mode}"
    memory = _read_memory()
    if mark not in memory:
        memory[mark] = _answer(program, arguments, any_exit_code=any_exit_code)
        _write_memory(memory)
    return memory[mark]


def _answer(program: Path, arguments: list[str], *, any_exit_code: bool) -> str:
    try:
        done = subprocess.run(
            [str(program), *arguments],
            env=private_environment(dict(os.environ)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ANSWER_LIMIT_SECONDS,
            check=False,
        )
    except OSError as error:
        raise NotAnEngine(f"{program} cannot be started ({error.strerror or error})") from error
    except subprocess.TimeoutExpired as error:
        raise NotAnEngine(f"{program} gave no answer in {ANSWER_LIMIT_SECONDS:.0f} s") from error
    if done.returncode < 0 or (done.returncode and not any_exit_code):
        raise NotAnEngine(f"{program} {' '.join(arguments)} ended with code {done.returncode}".replace("  ", " "))
    return "" if any_exit_code else done.stdout.strip()


def _memory_file() -> Path:
    return engines_folder() / "answers.json"


def _read_memory() -> dict[str, str]:
    try:
        content = json.loads(_memory_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_memory(memory: dict[str, str]) -> None:
    """Remember answers; that they could not be kept only costs the next run a quarter of a second."""
    newest = dict(list(memory.items())[-20:])
    written = _memory_file().with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(json.dumps(newest), encoding="utf-8")
        written.replace(_memory_file())
