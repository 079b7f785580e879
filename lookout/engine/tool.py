"""Running pip, Go or an installer with its output held back, and shown only when it fails."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from lookout.engine.progress import Progress

KEPT_LINES = 400
SHOWN_LINES = 12
SHOWN_COLUMNS = 300  # pip names all its packages on one line; nothing of use comes so late in one
_ADDRESS_CREDENTIALS = re.compile(r"//[^/@\s]+@")  # a mirror's password, in an address a tool repeats

# What tools print for faults that have nothing to do with us, and what the reader does about each.
_KNOWN_FAULTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("no space left on device", "disk quota exceeded"),
        "The disk is full: free some space, or set XDG_CACHE_HOME to a folder on a disk with room, and run it again.",
    ),
    (
        (
            "no such host",
            "temporary failure in name resolution",
            "failed to resolve",
            "name or service not known",
            "could not resolve host",
            "network is unreachable",
            "connection refused",
            "connection timed out",
            "i/o timeout",
            "newconnectionerror",
            "no route to host",
        ),
        "The network could not be reached: check the connection, or the proxy or mirror settings "
        "(HTTPS_PROXY, PIP_INDEX_URL, GOPROXY), and run it again.",
    ),
    (
        ("certificate verify failed", "certificate signed by unknown authority", "x509:"),
        "A TLS certificate was refused: name your organisation's certificates in SSL_CERT_FILE "
        "(for pip: PIP_CERT) and run it again.",
    ),
    (
        ("ensurepip is not available", "no module named ensurepip", "no module named venv"),
        "This Python comes without venv: on Debian or Ubuntu run `apt install python3-venv`, and run it again.",
    ),
    (
        ("permission denied", "read-only file system"),
        "A folder could not be written: see the path above, mend its owner or mode, and run it again.",
    ),
    (
        ("do not match the hashes",),
        "A downloaded package is not the one that was locked: empty pip's cache (`python3 -m pip cache purge`) and "
        "run it again; if it stays, the package index serves another file and must not be trusted.",
    ),
)


class ToolFailed(Exception):
    """A tool could not be started, ended with an error or took too long.

    `tool` is what it is called in a message, `reason` how it ended, `last_lines` the end of its output.
    """

    def __init__(self, tool: str, reason: str, last_lines: Sequence[str]) -> None:
        self.tool = tool
        self.reason = reason
        self.last_lines = tuple(last_lines)
        shown = "\n".join(f"    {line[:SHOWN_COLUMNS]}" for line in self.last_lines[-SHOWN_LINES:])
        super().__init__(f"{tool} {reason}" + (f"; its last lines:\n{shown}" if shown else ""))

    def next_step(self, otherwise: str) -> str:
        """Return what to do about a fault that is recognised in the tool's output, else `otherwise`."""
        text = "\n".join((self.reason, *self.last_lines)).lower()
        return next((step for signs, step in _KNOWN_FAULTS if any(sign in text for sign in signs)), otherwise)


def run_tool(
    tool: str,
    command: Sequence[str],
    *,
    folder: Path,
    environment: dict[str, str],
    progress: Progress,
    describe: Callable[[str], str],
    limit_seconds: float | None = None,
) -> list[str]:
    """Run `command` in `folder` and return the last lines it printed (both streams, at most 400).

    `describe` is given each line as it comes and says what to show while waiting. The process and its children are
    ended when this call is left early (Ctrl-C, or `limit_seconds` over). Raises `ToolFailed`.
    """
    process = _start(tool, command, folder, environment)
    try:
        return _follow(tool, process, progress, describe, limit_seconds)
    except BaseException:
        _end_group(process)
        raise


def _start(tool: str, command: Sequence[str], folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            list(command),
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,
            close_fds=False,  # the set-up's lock goes along: if we are killed, it is held until the tool has ended too
        )
    except OSError as error:
        raise ToolFailed(tool, f"could not be started ({error})", []) from error


def _follow(
    tool: str,
    process: subprocess.Popen[str],
    progress: Progress,
    describe: Callable[[str], str],
    limit_seconds: float | None,
) -> list[str]:
    started = time.monotonic()
    lines: deque[str] = deque(maxlen=KEPT_LINES)
    doing = tool
    arriving = _lines_of(process)
    while True:
        try:
            line = arriving.get(timeout=0.2)
        except queue.Empty:
            line = ""
        if line is None:
            break
        elapsed = time.monotonic() - started
        if limit_seconds is not None and elapsed > limit_seconds:
            raise ToolFailed(tool, f"took longer than {limit_seconds:.0f} s and was stopped", lines)
        if line:
            line = _ADDRESS_CREDENTIALS.sub("//***@", line)
            lines.append(line)
            doing = describe(line)
        progress.tick(f"{doing}, {elapsed:.0f} s")
    if process.wait() != 0:
        raise ToolFailed(tool, _ending(process.returncode), lines)
    return list(lines)


def _lines_of(process: subprocess.Popen[str]) -> queue.Queue[str | None]:
    """Return the queue on which a thread puts each line of the process, then None."""
    arriving: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        if process.stdout is not None:
            for line in process.stdout:
                arriving.put(line.rstrip())
        arriving.put(None)

    threading.Thread(target=read, daemon=True).start()
    return arriving


def _ending(code: int) -> str:
    return f"failed with exit code {code}" if code > 0 else f"was ended by signal {-code}"


def _end_group(process: subprocess.Popen[str]) -> None:
    for number, patience_seconds in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=patience_seconds)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        else:
            return
