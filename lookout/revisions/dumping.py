"""Runs the dumper on a tree, in a process of its own that sees no secret of this one and no other code of ours."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lookout.errors import CouldNotRun
from lookout.revisions.faults import hangs, told
from lookout.revisions.source import CHECKOUT, DUMPER, WRITER, Source

HANGS_SECONDS: Final = 60
_GRACE_SECONDS: Final = 5
# -S leaves out the .pth files of an editable install, which would find this checkout's modules for those of the tree.
_PYTHON: Final = (sys.executable, "-I", "-S", "-B", str(DUMPER))


@dataclass(frozen=True)
class Dumping:
    """A dumper at work on one side."""

    source: Source
    folder: Path
    seconds: int
    process: subprocess.Popen[bytes]

    def answer(self) -> dict[str, Any]:
        """Wait, and return what it wrote: a document or a fault. Raises `CouldNotRun` when it wrote nothing in time."""
        try:
            code = self.process.wait(self.seconds + _GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            raise hangs(self.source, self.seconds) from None
        if code == -signal.SIGALRM:
            raise hangs(self.source, self.seconds)
        try:
            answer: dict[str, Any] = json.loads((self.folder / "answer.json").read_bytes())
        except (OSError, ValueError):
            raise CouldNotRun(
                f"reading the specs of {self.source} ended with code {code} and without an answer{self._last_line()}",
                "Read them yourself, in a checkout of it: python -c 'import monitors.catalog'.",
            ) from None
        return answer

    def _last_line(self) -> str:
        lines = (self.folder / "stderr").read_text(errors="replace").strip().splitlines()
        return f": {lines[-1][:300]}" if lines else "."


def read_of(source: Source, tree: Path, answer: dict[str, Any]) -> dict[str, Any]:
    """Return the document in an answer. Raises `CouldNotRun` with what is wrong with the catalogue."""
    if "fault" in answer:
        raise told(source, tree, answer["fault"])
    return answer


@contextmanager
def dumping(source: Source, tree: Path, folder: Path, seconds: int = HANGS_SECONDS) -> Iterator[Dumping]:
    """Start the dumper on a tree, with an empty private folder for what it writes; it is ended at the end."""
    home = folder / "home"
    home.mkdir()
    request = {
        "tree": str(tree),
        "paths": list(_paths(tree)),
        "target": source.catalogue.target,
        "writer": str(WRITER),
        "answer": str(folder / "answer.json"),
        "seconds": seconds,
    }
    with open(folder / "stderr", "wb") as stderr:
        process = subprocess.Popen(
            [*_PYTHON, json.dumps(request)],
            cwd=tree,
            env=dict(_environment(home)),
            stdin=subprocess.DEVNULL,
            stdout=stderr,
            stderr=stderr,
            start_new_session=True,
        )
    try:
        yield Dumping(source, folder, seconds, process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _paths(tree: Path) -> Iterator[str]:
    """Yield where modules are looked for: the tree, what is installed, and our vocabulary for trees without one."""
    yield str(tree)
    yield from dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    if not (tree / "monitors").is_dir():
        yield str(CHECKOUT)


def _environment(home: Path) -> Iterator[tuple[str, str]]:
    """Yield a whole environment: settings, keys and tokens of this one stay here."""
    yield "PATH", os.environ.get("PATH", os.defpath)
    yield "LANG", "C.UTF-8"
    yield "HOME", str(home)
    yield "TMPDIR", str(home)
