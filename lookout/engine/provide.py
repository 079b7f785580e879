"""Making sure there is an engine: found, else downloaded, else built, and put in place in one step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lookout.engine.build import OLDEST_GO, build
from lookout.engine.download import download
from lookout.engine.finder import Attempt, Engine, EngineError, Source, cached, cached_bin_folder, look
from lookout.engine.lock import held
from lookout.engine.places import cache_folder, engines_folder, remove_tree
from lookout.engine.progress import Progress
from lookout.engine.tool import ToolFailed
from lookout.engine.version import WANTED, NotAnEngine

Maker = Callable[[Path, Progress], None]

_MAKERS: tuple[tuple[str, Source, Maker], ...] = (
    ("a download", "downloaded", download),
    ("a build from source", "built", build),
)
_OTHERWISE = (
    "Install Pulumi (https://www.pulumi.com/docs/install/) so that `pulumi version` answers, or install "
    f"Go {OLDEST_GO[0]}.{OLDEST_GO[1]} or newer (https://go.dev/doc/install) and a Go module proxy that can be "
    "reached; then run it again."
)


def ensure(report: Callable[[str], None] | Progress) -> Engine:
    """Return an engine, setting one up in the cache folder when this machine has none.

    `report` is told, a line at a time, what was passed over and what is being done. Raises `EngineError`, whose
    message lists everything that was tried with its result.
    """
    progress = report if isinstance(report, Progress) else Progress(report)
    engine, attempts = look()
    if engine is not None:
        for attempt in filter(lambda attempt: attempt.is_news, attempts):
            progress.say(f"engine: passed over {attempt}")
        return engine
    try:
        return _set_up(attempts, progress)
    except OSError as error:
        raise EngineError(
            f"the engine could not be set up below {cache_folder()}: {error}",
            "Make that folder writable and give it room, or set XDG_CACHE_HOME to another; then run it again.",
        ) from error


def _set_up(attempts: list[Attempt], progress: Progress) -> Engine:
    with held(engines_folder() / f"v{WANTED}.lock", progress, "setting up the engine"):
        try:
            return cached()  # another process may have set it up while this one waited
        except NotAnEngine:
            return _make(attempts, progress)


def _make(attempts: list[Attempt], progress: Progress) -> Engine:
    for attempt in attempts:
        progress.say(f"engine: not from {attempt}")
    started = time.monotonic()
    for place, source, maker in _MAKERS:
        try:
            engine = _in_place(maker, progress)
        except NotAnEngine as refused:
            attempts.append(Attempt(place, str(refused)))
            progress.say(f"engine: not from {attempts[-1]}")
        except ToolFailed as failed:
            attempts.append(Attempt(place, str(failed)))
            raise _exhausted(attempts, failed.next_step(_OTHERWISE)) from failed
        else:
            progress.say(f"engine: ready in {time.monotonic() - started:.0f} s, in {engine.bin_folder}")
            return replace(engine, source=source)
    raise _exhausted(attempts, _OTHERWISE)


def _in_place(maker: Maker, progress: Progress) -> Engine:
    """Let `maker` fill a folder of its own, then rename it: a half-made engine never stands where one is looked for."""
    for left_over in engines_folder().glob("making-*"):
        remove_tree(left_over)  # of a set-up that was killed; the lock says that none is running
    making = engines_folder() / f"making-{os.getpid()}"
    final = cached_bin_folder().parent
    try:
        (making / "bin").mkdir(parents=True)
        maker(making, progress)
        remove_tree(final)
        making.rename(final)
    finally:
        remove_tree(making)
        progress.close_line()
    return cached()


def _exhausted(attempts: list[Attempt], next_step: str) -> EngineError:
    tried = "\n".join(f"  - {attempt}" for attempt in attempts)
    return EngineError(f"no Pulumi engine (version {WANTED} or newer) could be set up. Tried:\n{tried}", next_step)
