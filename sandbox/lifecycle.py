"""Starts, finds, stops and empties the sandbox that belongs to a folder."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from sandbox.store import Store, StoreCorrupt

CHECKOUT = Path(__file__).resolve().parents[1]
RUNBOOKS = CHECKOUT / "runbooks"
STORE = "store.sqlite3"
EXIT_TOLD = 3  # the server's own last line says why it could not start, and what to do

_KEPT = "server.json"
_LOCK = "server.lock"
_LOG = "server.log"
_STATE = "state"
_WRITTEN = re.compile(r"store\.sqlite3(-wal|-shm|-journal)?|server\.(json(\.\d+)?|lock|log)|Pulumi\..+\.yaml|state")
_START_SECONDS = 60.0
_ANSWER_SECONDS = 10.0
_END_SECONDS = 6.0
_POLL_SECONDS = 0.05
_LARGEST_LOG_BYTES = 5_000_000
_TAIL_LINES = 8
# Below 32768, where Linux begins to give out ports by itself (ip_local_port_range): a remembered one stays free.
_FIRST_PORT, _PORTS = 20_000, 10_000


class SandboxError(Exception):
    """The sandbox could not do it; the message names what is in the way and ends in what to do next."""


@dataclass(frozen=True)
class Sandbox:
    """A sandbox that runs: `url` has no slash at its end, `already_running` says that this start found it so."""

    url: str
    port: int
    pid: int
    folder: Path
    already_running: bool
    token: str = field(repr=False)


@dataclass(frozen=True)
class Status:
    """Whether a folder's sandbox runs, where, and how many objects it holds, by vendor and kind."""

    running: bool
    url: str | None
    pid: int | None
    counts: dict[str, dict[str, int]]
    folder: Path


@dataclass(frozen=True)
class Kept:
    """What a sandbox keeps over restarts, so that links and configurations stay good: its port and its token."""

    port: int
    token: str = field(repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    def read(cls, folder: Path) -> Kept | None:
        """What the folder keeps, None when nothing yet.

        Raises:
            SandboxError: The file is there and cannot be used.
        """
        path = folder / _KEPT
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            return cls(int(document["port"]), str(document["token"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise SandboxError(
                f"{path} is damaged. Delete that file and run `lookout sandbox start`; the account's objects stay, "
                "its port and token become new ones."
            ) from error

    def write(self, folder: Path) -> None:
        """Put it into the folder, readable by this user only."""
        fresh = folder / f"{_KEPT}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"port": self.port, "token": self.token}, file)
        fresh.replace(folder / _KEPT)


def start(folder: Path, port: int | None = None, idle_minutes: float = 480) -> Sandbox:
    """Start the folder's sandbox and wait until it answers; when it runs already, find it.

    Two starts at once end in one server. `port` None is the last one, or a free one.

    Raises:
        SandboxError: It cannot be started; nothing of it runs then.
    """
    folder = folder.absolute()
    with _obstacles_told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(folder)
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            lock = _take_lock(folder)
            if lock is not None:
                return _launch(folder, lock, port, idle_minutes)
            running = _answering(folder)
            if running is not None:
                return _as_asked(running, port)
            time.sleep(_POLL_SECONDS)
    raise _mute(folder)


def find(folder: Path) -> Sandbox | None:
    """The folder's running sandbox, None when it does not run.

    Raises:
        SandboxError: Its process is there and does not answer.
    """
    folder = folder.absolute()
    with _obstacles_told(folder):
        deadline = time.monotonic() + _ANSWER_SECONDS
        while _is_locked(folder):
            running = _answering(folder)
            if running is not None:
                return running
            if time.monotonic() > deadline:
                raise _mute(folder)
            time.sleep(_POLL_SECONDS)
    return None


def status(folder: Path) -> Status:
    """Whether the folder's sandbox runs and what it holds.

    Raises:
        SandboxError: It does not answer, or its store is damaged.
    """
    folder = folder.absolute()
    running = find(folder)
    if running is not None:
        counts: dict[str, dict[str, int]] = _ask(running.port, "/_sandbox/status", running.token)["counts"]
        return Status(True, running.url, running.pid, counts, folder)
    with _obstacles_told(folder):
        return Status(False, None, None, _counts_at_rest(folder), folder)


def stop(folder: Path) -> bool:
    """Stop the folder's sandbox; whether it ran. What it holds is kept.

    Raises:
        SandboxError: It cannot be ended.
    """
    folder = folder.absolute()
    with _obstacles_told(folder):
        if not _is_locked(folder):
            return False
        if _ended_by(signal.SIGTERM, folder) or _ended_by(signal.SIGKILL, folder):
            return True
    raise SandboxError(
        f"the sandbox in {folder} cannot be stopped: its process {_named(folder)} stays. End it by hand, then run "
        "`lookout sandbox stop` again."
    )


def reset(folder: Path) -> None:
    """Stop the folder's sandbox and delete what it wrote, its port and token apart.

    Pulumi's state and generated settings go too: a state that names objects nobody holds would lie.

    Raises:
        SandboxError: The folder is not a sandbox's, or the sandbox cannot be stopped.
    """
    folder = folder.absolute()
    if not folder.exists():
        return
    with _obstacles_told(folder):
        _refuse_foreign(folder)
        stop(folder)
        lock = _take_lock(folder)
        if lock is None:
            raise SandboxError(
                f"the sandbox in {folder} was started anew meanwhile. Run `lookout sandbox reset` again when nothing "
                "else uses it."
            )
        try:
            _delete_written(folder)
        finally:
            os.close(lock)


def _refuse_foreign(folder: Path) -> None:
    """Keep `LOOKOUT_SANDBOX_FOLDER=~` harmless: a later reset would delete what only looks like the sandbox's."""
    if (folder / _KEPT).exists():
        return
    foreign = sorted(entry.name for entry in folder.iterdir() if not _WRITTEN.fullmatch(entry.name))
    if foreign:
        raise SandboxError(
            f'{folder} is not a sandbox\'s folder: it holds "{foreign[0]}". Nothing was changed. Name an empty or a '
            "new folder in LOOKOUT_SANDBOX_FOLDER."
        )


def _launch(folder: Path, lock: int, port: int | None, idle_minutes: float) -> Sandbox:
    try:
        os.ftruncate(lock, 0)
        kept = Kept.read(folder)
        listening = _listen(folder, port or (kept.port if kept else None), asked=port is not None)
        with listening:
            now = Kept(listening.getsockname()[1], kept.token if kept else secrets.token_urlsafe(32))
            now.write(folder)
            instance = secrets.token_hex(8)
            log_start, process = _spawn(folder, lock, listening, instance, idle_minutes)
        return _wait_for(folder, now, instance, process, log_start)
    finally:
        # The server holds the lock through its own copy of the descriptor.
        os.close(lock)


def _listen(folder: Path, port: int | None, *, asked: bool) -> socket.socket:
    if port is None:
        return _listen_anywhere(folder)
    try:
        return _bound(port)
    except OSError as error:
        why = "" if asked else ", which this sandbox keeps so that its links stay the same,"
        who = "reserved for the system" if isinstance(error, PermissionError) else "taken by another program"
        raise SandboxError(
            f"port {port} on 127.0.0.1{why} is {who}. Free it, or choose another: `lookout sandbox start --port N`."
        ) from error


def _listen_anywhere(folder: Path) -> socket.socket:
    first = zlib.crc32(os.fsencode(folder)) % _PORTS
    for step in range(50):
        with suppress(OSError):
            return _bound(_FIRST_PORT + (first + step) % _PORTS)
    return _bound(0)


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A port whose last connections have not timed out yet can be had at once; one that is listened at cannot.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
    except BaseException:
        listening.close()
        raise
    return listening


def _spawn(
    folder: Path, lock: int, listening: socket.socket, instance: str, idle_minutes: float
) -> tuple[int, subprocess.Popen[bytes]]:
    path = folder / _LOG
    if path.exists() and path.stat().st_size > _LARGEST_LOG_BYTES:
        path.unlink()
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    words = ["--folder", str(folder), "--instance", instance, "--idle-minutes", str(idle_minutes)]
    words += ["--socket", str(listening.fileno()), "--lock", str(lock)]
    try:
        log_start = os.fstat(log).st_size
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", *words],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(lock, listening.fileno()),
            start_new_session=True,
        )
    finally:
        os.close(log)
    return log_start, process


def _wait_for(folder: Path, kept: Kept, instance: str, process: subprocess.Popen[bytes], log_start: int) -> Sandbox:
    deadline = time.monotonic() + _START_SECONDS
    try:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise _ended(folder, process.returncode, log_start)
            if _instance_at(kept.port) == instance:
                return Sandbox(kept.url, kept.port, process.pid, folder, False, kept.token)
            time.sleep(_POLL_SECONDS)
        raise _mute(folder)
    except BaseException:
        process.kill()
        process.wait()
        raise


def _ended(folder: Path, code: int, log_start: int) -> SandboxError:
    with (folder / _LOG).open("rb") as log:
        log.seek(log_start)
        lines = log.read().decode(errors="replace").splitlines()
    if code == EXIT_TOLD and lines:
        return SandboxError(f"the sandbox did not start: {lines[-1]}")
    tail = "\n".join(f"    {line}" for line in lines[-_TAIL_LINES:])
    return SandboxError(
        f"the sandbox did not start: its process ended with code {code}. Its last lines were\n{tail}\n"
        f"Mend what they name (the whole log is {folder / _LOG}), then run `lookout sandbox start` again."
    )


def _mute(folder: Path) -> SandboxError:
    return SandboxError(
        f"the sandbox in {folder} does not answer, though its process {_named(folder)} is there. "
        f"`lookout sandbox stop` ends it; {folder / _LOG} says what it did last."
    )


def _as_asked(running: Sandbox, port: int | None) -> Sandbox:
    if port is not None and port != running.port:
        raise SandboxError(
            f"the sandbox already runs at {running.url}. To move it to port {port}, run `lookout sandbox stop` first."
        )
    return replace(running, already_running=True)


def _answering(folder: Path) -> Sandbox | None:
    kept, holder = Kept.read(folder), _holder(folder)
    if kept is None or not holder or _instance_at(kept.port) != holder["instance"]:
        return None
    return Sandbox(kept.url, kept.port, holder["pid"], folder, True, kept.token)


def _instance_at(port: int) -> str | None:
    with suppress(OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return str(_ask(port, "/_sandbox/health")["instance"])
    return None


def _ask(port: int, path: str, token: str = "") -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def _counts_at_rest(folder: Path) -> dict[str, dict[str, int]]:
    if not (folder / STORE).exists():
        return {}
    try:
        with closing(Store.open(folder / STORE)) as store:
            return store.counts()
    except StoreCorrupt as error:
        raise SandboxError(str(error)) from error


def _take_lock(folder: Path, kind: int = fcntl.LOCK_EX) -> int | None:
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _is_locked(folder: Path) -> bool:
    """Whether a server lives: the kernel frees the lock with the process, so there is no stale answer."""
    if not (folder / _LOCK).exists():
        return False
    probe = _take_lock(folder, fcntl.LOCK_SH)  # shared: two that look at the same moment do not see each other
    if probe is not None:
        os.close(probe)
    return probe is None


def _holder(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        holder = json.loads((folder / _LOCK).read_text(encoding="utf-8"))
        return {"pid": int(holder["pid"]), "instance": str(holder["instance"])}
    return {}


def _named(folder: Path) -> str:
    return str(_holder(folder).get("pid", "(of unknown number)"))


def _ended_by(number: signal.Signals, folder: Path) -> bool:
    deadline = time.monotonic() + _END_SECONDS
    sent = False
    while _is_locked(folder):
        if time.monotonic() > deadline:
            return False
        sent = sent or _sent(number, folder)
        time.sleep(_POLL_SECONDS)
    return True


def _sent(number: signal.Signals, folder: Path) -> bool:
    pid = _holder(folder).get("pid")
    # The server itself wrote the number; its command line is read too before anything is ended.
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        if pid is not None and str(folder) in psutil.Process(pid).cmdline():
            os.kill(pid, number)
            return True
    return False


def _delete_written(folder: Path) -> None:
    store_files = [folder / f"{STORE}{suffix}" for suffix in ("", "-wal", "-shm", "-journal")]
    for path in [*store_files, folder / _LOG, *folder.glob("Pulumi.*.yaml")]:
        path.unlink(missing_ok=True)
    state = folder / _STATE
    if state.is_symlink():
        state.unlink()
    elif state.exists():
        shutil.rmtree(state)


@contextmanager
def _obstacles_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SandboxError(
            f"the sandbox's folder {folder} cannot be used: {error.strerror or error}. Make it a folder that you can "
            "write to, or name another in LOOKOUT_SANDBOX_FOLDER."
        ) from error
