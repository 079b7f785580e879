"""Where the rows come from: recorded data, or the made-up sample, which is written once and kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lookout.errors import CouldNotRun

if TYPE_CHECKING:
    from monitors.nrql.evaluator import Data
    from monitors.pictures.source import Source
    from monitors.spec import Stack

_CHECKOUT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = _CHECKOUT / ".lookout" / "sample"
_MOST_KEPT: Final = 3  # samples of other catalogues and of other stacks; each takes 11 MB
_MADE_BY: Final = ("monitors/backtest", "monitors/pictures/sample.py", "monitors/alerting", "service/metrics.py")
_SAMPLE: Final = "Leave --data out to draw made-up sample data."


def recorded(path: Path, stack: Stack, now_seconds: float | None) -> Source:
    """Return recorded data; now is its end unless another moment is given. Raises `CouldNotRun`."""
    from monitors.backtest.hours import hours_of
    from monitors.nrql.evaluator import DataError, read
    from monitors.pictures.source import Source, end_of

    try:
        data = read(path)
    except DataError as error:
        raise CouldNotRun(f"{error}.", _SAMPLE) from error
    span = data.time_span()
    if span is None:
        raise CouldNotRun(f"{path} holds no row.", _SAMPLE)
    if now_seconds is not None and now_seconds <= span[0]:
        raise CouldNotRun("--now is before the first recorded row: every widget would be empty.", "Name a later time.")
    now = end_of(data) if now_seconds is None else now_seconds
    return Source(data, path.name or str(path), now, hours_of(stack).time_zone)


def sample(stack: Stack, now_seconds: float | None = None, kept: Path = KEPT) -> Source:
    """Return the made-up week of a stack with what dashboards need beside it. Raises `CouldNotRun`.

    It takes seconds to make, so it is kept, under the digest of the specs and of the program that makes it.
    """
    from monitors.backtest.hours import hours_of
    from monitors.pictures.sample import NOW_SECONDS
    from monitors.pictures.source import Source

    try:
        data = _kept(stack, kept)
    except OSError as error:
        raise CouldNotRun(
            f"the sample cannot be kept in {kept}: {error.strerror or error}.", "Make room, or name data with --data."
        ) from error
    now = NOW_SECONDS if now_seconds is None else now_seconds
    return Source(data, "made-up sample", now, hours_of(stack).time_zone)


def _kept(stack: Stack, kept: Path) -> Data:
    from monitors.nrql.evaluator import read
    from monitors.pictures.sample import write

    folder = kept / _digest(stack)
    if not folder.is_dir():
        kept.mkdir(parents=True, exist_ok=True)
        _forget(kept)
        making = Path(tempfile.mkdtemp(dir=kept, prefix=".making-"))
        try:
            write(making, stack)
            making.rename(folder)
        except OSError:
            shutil.rmtree(making, ignore_errors=True)
            if not folder.is_dir():  # another run may have been quicker
                raise
    os.utime(folder)
    return read(folder)


def _forget(kept: Path) -> None:
    """Remove the samples that were not asked for the longest, until there is room for one more."""
    folders = sorted((one for one in kept.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime)
    for old in folders[: max(0, len(folders) - _MOST_KEPT + 1)]:
        shutil.rmtree(old, ignore_errors=True)


def _digest(stack: Stack) -> str:
    """Return what the sample depends on: the specs it is made for, and the program that makes it."""
    digest = hashlib.sha256(repr((stack.name, stack.observability, stack.response, stack.platform)).encode())
    for name in _MADE_BY:
        place = _CHECKOUT / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:24]
