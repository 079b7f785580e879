"""The lock an interrupted update leaves on a stack in Pulumi's file backend."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path

import psutil

from lookout.errors import CouldNotRun


@dataclass(frozen=True)
class Lock:
    """Who locked the stack: the process, its machine and when (ISO 8601), as Pulumi wrote it."""

    pid: int
    host: str
    since: str

    @property
    def is_stale(self) -> bool:
        """Whether its process was on this machine and is gone (or its number is another program's by now)."""
        if self.host != socket.gethostname():
            return False
        try:
            process = psutil.Process(self.pid)
            return process.status() == psutil.STATUS_ZOMBIE or "pulumi" not in process.name()
        except psutil.NoSuchProcess:
            return True


def locks_in(folder: Path) -> list[Lock]:
    """Return the locks on a stack; one that cannot be read is taken for half-written by a process that died."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            found.append(Lock(int(document["pid"]), str(document["hostname"]), str(document["timestamp"])))
        except (OSError, ValueError, KeyError, TypeError):
            found.append(Lock(0, socket.gethostname(), "an unknown time"))
    return found


def refuse_live_locks(stack: str, locks: list[Lock]) -> None:
    """Raise `CouldNotRun` when a process that still runs holds the stack."""
    for lock in locks:
        if not lock.is_stale:
            raise CouldNotRun(
                f"stack {stack} is being changed by process {lock.pid} on {lock.host}, since {lock.since}.",
                "Wait until it has ended, then run this again.",
            )
