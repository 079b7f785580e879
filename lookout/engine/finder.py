"""Finding an engine that is already on this machine: named by the person, on PATH, or set up earlier."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lookout.engine.places import engines_folder
from lookout.engine.version import WANTED, NotAnEngine, NotThere, Version, check_runs, cli_version
from lookout.errors import CouldNotRun

CLI = "pulumi"
LANGUAGE_HOST = "pulumi-language-python"
EXECUTOR = "pulumi-language-python-exec"
OVERRIDE_VARIABLE = "LOOKOUT_ENGINE_BIN"

Source = Literal["path", "cache", "downloaded", "built", "override"]


class EngineError(CouldNotRun):
    """No engine could be found or made; the message lists everything that was tried and how each went."""


@dataclass(frozen=True)
class Engine:
    """Pulumi's own command line and its Python language host.

    `version` is as in "3.259.0". `source` says where it came from. `language_host_folder` holds
    `pulumi-language-python`, and is mostly the same as `bin_folder`, which holds `pulumi`.
    """

    bin_folder: Path
    version: str
    source: Source
    language_host_folder: Path


@dataclass(frozen=True)
class Attempt:
    """One place an engine could have come from, and why it did not; `is_news` when something unfit is there."""

    place: str
    result: str
    is_news: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.result}"


def find() -> Engine:
    """Return the engine on this machine, without downloading or building one.

    Raises `EngineError` with every place looked at; its next step is the set-up that provides one.
    """
    engine, attempts = look()
    if engine is None:
        tried = "\n".join(f"  - {attempt}" for attempt in attempts)
        raise EngineError(
            f"no Pulumi engine (version {WANTED} or newer) is set up on this machine:\n{tried}",
            "Run `make sandbox`, which sets one up in your cache folder, or install Pulumi "
            "(https://www.pulumi.com/docs/install/).",
        )
    return engine


def look() -> tuple[Engine | None, list[Attempt]]:
    """Return the first usable engine, and what was passed over before it. Raises `EngineError` for a bad override."""
    named = os.environ.get(OVERRIDE_VARIABLE)
    if named:
        return _overriding(Path(named).expanduser()), []
    attempts: list[Attempt] = []
    for place, candidate in (("pulumi on PATH", _on_path), ("the cache folder", cached)):
        try:
            return candidate(), attempts
        except NotAnEngine as passed_over:
            attempts.append(Attempt(place, str(passed_over), is_news=not isinstance(passed_over, NotThere)))
    return None, attempts


def cached() -> Engine:
    """Return the engine an earlier set-up left in the cache folder. Raises `NotAnEngine` if it is absent or damaged."""
    folder = cached_bin_folder()
    if not folder.is_dir():
        raise NotThere(f"nothing in {folder}")
    return complete_engine(folder, "cache")


def cached_bin_folder() -> Path:
    """Return where the wanted version is, or will be, in the cache folder."""
    return engines_folder() / f"v{WANTED}" / "bin"


def complete_engine(folder: Path, source: Source) -> Engine:
    """Check that `folder` holds a whole engine of a usable version and return it. Raises `NotAnEngine`."""
    version = _usable_version(folder / CLI)
    _check_present(folder / LANGUAGE_HOST)
    check_runs(folder / LANGUAGE_HOST)
    _check_present(folder / EXECUTOR)
    return Engine(folder, str(version), source, folder)


def environment(engine: Engine, base: Mapping[str, str]) -> dict[str, str]:
    """Return `base` with this Python's programs and the engine's first on PATH; nothing else is changed.

    The language host starts the `python` it finds on PATH, so the virtual environment's comes before all others.
    """
    first = [Path(sys.prefix) / "bin", engine.bin_folder, engine.language_host_folder]
    rest = base.get("PATH", os.defpath).split(os.pathsep)
    folders = dict.fromkeys([*(str(folder) for folder in first), *rest])
    return {**base, "PATH": os.pathsep.join(folders)}


def _overriding(folder: Path) -> Engine:
    try:
        version = _usable_version(folder / CLI)
        host = _language_host_near(folder)
    except NotAnEngine as wrong:
        raise EngineError(
            f"{OVERRIDE_VARIABLE}={folder} does not name a folder with a usable engine: {wrong}",
            f"Point {OVERRIDE_VARIABLE} at a folder that holds `{CLI}` {WANTED} or newer with `{LANGUAGE_HOST}` "
            "beside it, or unset it.",
        ) from wrong
    return Engine(folder, str(version), "override", host)


def _on_path() -> Engine:
    found = shutil.which(CLI)
    if found is None:
        raise NotThere("not installed")
    folder = Path(found).absolute().parent
    if folder == cached_bin_folder():
        return cached()
    version = _usable_version(folder / CLI)
    return Engine(folder, str(version), "path", _language_host_near(folder))


def _usable_version(program: Path) -> Version:
    _check_present(program)
    version = cli_version(program)
    if version < WANTED:
        raise NotAnEngine(f"{program} is version {version}, older than the {WANTED} needed here")
    if version.major != WANTED.major:
        raise NotAnEngine(
            f"{program} is version {version}; the Pulumi SDK locked here works with {WANTED.major}.x only"
        )
    return version


def _language_host_near(folder: Path) -> Path:
    """Return the folder with the Python language host: beside the engine, where Pulumi looks first, or on PATH."""
    for candidate in _host_candidates(folder):
        if os.access(candidate, os.X_OK):
            check_runs(candidate)
            return candidate.parent
    raise NotAnEngine(f"{folder / CLI} has no `{LANGUAGE_HOST}` beside it or on PATH, so it cannot run Python programs")


def _host_candidates(folder: Path) -> Iterator[Path]:
    yield folder / LANGUAGE_HOST
    yield (folder / CLI).resolve().parent / LANGUAGE_HOST
    on_path = shutil.which(LANGUAGE_HOST)
    if on_path is not None:
        yield Path(on_path).absolute()


def _check_present(program: Path) -> None:
    if not program.is_file():
        raise NotAnEngine(f"{program} is missing")
    if program.stat().st_size == 0 or not os.access(program, os.X_OK):
        raise NotAnEngine(f"{program} is empty or not executable")
