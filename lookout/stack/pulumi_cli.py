"""Calls of the Pulumi command line: shown to the person, or read by this program."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lookout.errors import CouldNotRun

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_SHOWN_LINES = 12


@dataclass(frozen=True)
class Pulumi:
    """One Pulumi: its program, the environment it runs in and the folder of its project."""

    program: Path
    environment: Mapping[str, str]
    folder: Path

    def shown(self, arguments: Sequence[str]) -> int:
        """Run it in front of the person, with Pulumi's own progress and questions; return its exit code.

        It ends when this program is killed, so that no update goes on unseen.
        """
        sys.stdout.flush()
        with _interrupts_left_to_the_child():
            return subprocess.run(
                [str(self.program), *arguments],
                cwd=self.folder,
                env=dict(self.environment),
                check=False,
                preexec_fn=partial(_end_with_parent, os.getpid()),
            ).returncode

    def read(self, arguments: Sequence[str], typed: str = "") -> str:
        """Run it unseen, with `typed` as its input, and return what it printed.

        Raises `CouldNotRun` with its last lines when it fails.
        """
        done = subprocess.run(
            [str(self.program), *arguments, "--non-interactive"],
            cwd=self.folder,
            env=dict(self.environment),
            check=False,
            input=typed,
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return done.stdout
        tail = "\n".join(f"    {line}" for line in (done.stderr or done.stdout).strip().splitlines()[-_SHOWN_LINES:])
        raise CouldNotRun(f"`pulumi {' '.join(arguments[:2])}` failed with exit code {done.returncode}:\n{tail}")


@contextmanager
def _interrupts_left_to_the_child() -> Iterator[None]:
    """Let Ctrl-C reach Pulumi alone: it cancels in order, and says so."""
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _end_with_parent(parent: int) -> None:
    """In the child, before it becomes Pulumi: take interrupts again, and be told when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)  # it died before the kernel was told to tell us
