"""A lock between processes, so that two set-ups at once do the work once."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lookout.engine.progress import Progress


@contextmanager
def held(path: Path, progress: Progress, doing: str) -> Iterator[None]:
    """Hold the lock file at `path`; wait, telling `progress` who holds it, while another process has it.

    The kernel frees the lock when its holder and the tools it started end, however they end, so there is no stale
    lock to clear.
    `doing` completes "process 123 is ...".
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(descriptor, progress, doing)
        os.set_inheritable(descriptor, True)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, progress: Progress, doing: str) -> None:
    started = time.monotonic()
    told = False
    while not _taken(descriptor):
        holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "(unknown)"
        if not told:
            progress.say(f"process {holder} is {doing}; waiting for it to finish")
            told = True
        progress.tick(f"waiting for process {holder}, {time.monotonic() - started:.0f} s")
        time.sleep(0.2)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
