"""Puts the files of a commit into a folder of their own, where a catalogue can be read from."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from lookout.errors import CouldNotRun
from lookout.revisions.git import Commit, Entry, Repository

_PREFIX: Final = "lookout-revision-"
_ABANDONED_SECONDS: Final = 3600  # no run takes a tenth of it
_LINK, _SUBMODULE = "120000", "160000"


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder that only this user can read, and remove it with all that is in it."""
    _remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def extract(repository: Repository, commit: Commit, entries: Sequence[Entry], into: Path) -> None:
    """Write the files of a commit below a folder, as they are in git: no filter or attribute changes them.

    Links that lead out of the folder are left out. Raises `CouldNotRun` for a path that would.
    """
    wanted = [entry for entry in entries if entry.mode != _SUBMODULE]
    contents = repository.contents(list(dict.fromkeys(entry.blob for entry in wanted)))
    made: set[Path] = set()
    for entry in wanted:
        path = into / entry.path
        if not _stays_inside(PurePosixPath(entry.path)):
            raise CouldNotRun(f"the commit {commit} holds the path {entry.path!r}, which leads out of its tree.")
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        if entry.mode == _LINK:
            _link(into, path, os.fsdecode(contents[entry.blob]))
        else:
            path.write_bytes(contents[entry.blob])


def _link(into: Path, path: Path, target: str) -> None:
    ends = os.path.normpath(path.parent / target)
    if not os.path.isabs(target) and ends.startswith(f"{into}/"):
        path.symlink_to(target)


def _stays_inside(path: PurePosixPath) -> bool:
    return not path.is_absolute() and ".." not in path.parts


def _remove_abandoned() -> None:
    """Remove what runs that were killed have left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            about = folder.lstat()
        except OSError:
            continue
        if about.st_uid == os.getuid() and time.time() - about.st_mtime > _ABANDONED_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
