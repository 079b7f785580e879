"""Edits of the catalogue as data, one file each: applied to a copy of the checkout, or read as the stacks they give."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

import monitors
from monitors.spec import Stack

ROOT = Path(__file__).resolve().parents[2]
_FOLDER = Path(__file__).resolve().parent
_LEFT_OUT = {".git", ".venv", ".lookout", "tests", "docs", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
_CATALOGUE = "monitors/catalog/"


class EditError(ValueError):
    """An edit does not fit the catalogue as it is now; the message names the edit, the file and the text."""


@dataclass(frozen=True)
class Replacement:
    """One text in one file of the checkout, which it holds exactly once, and what stands there instead."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Edit:
    """A pull request in small: `name` is its file's, `story` why somebody makes it."""

    name: str
    title: str
    story: str
    replacements: tuple[Replacement, ...]

    def apply(self, folder: Path) -> None:
        """Edit the files below a folder. Raises `EditError` where a text is not there exactly once."""
        for one in self.replacements:
            path = folder / one.file
            text = path.read_text(encoding="utf-8")
            count = text.count(one.old)
            if count != 1:
                raise EditError(f"{self.name}: {one.file} has {count} times, not once: {one.old!r}")
            path.write_text(text.replace(one.old, one.new), encoding="utf-8")


def read(path: Path) -> Edit:
    """Read an edit from its file."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    replacements = tuple(Replacement(**one) for one in document["edits"])
    return Edit(path.stem, document["title"], document["story"], replacements)


EDITS = tuple(read(path) for path in sorted(_FOLDER.glob("*.yaml")))


def edited_checkout(folder: Path, edit: Edit) -> Path:
    """Copy the checkout's sources to a folder, which must not exist yet, and edit them there."""
    shutil.copytree(ROOT, folder, ignore=lambda where, names: [one for one in names if _is_left_out(Path(where), one)])
    edit.apply(folder)
    return folder


def edited_stacks(edit: Edit) -> Mapping[str, Stack]:
    """Return the stacks of the edited catalogue; this process's own catalogue stays as it is."""
    strange = [one.file for one in edit.replacements if not one.file.startswith(_CATALOGUE)]
    if strange:
        raise EditError(f"{edit.name}: {strange[0]} is outside {_CATALOGUE}, which is all that is read anew")
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "monitors" / "catalog"
        shutil.copytree(ROOT / "monitors" / "catalog", target, ignore=shutil.ignore_patterns("__pycache__"))
        edit.apply(Path(place))
        with _catalogue_from(target.parent) as stack:
            return {name: stack(name) for name in ("staging", "prod")}


@contextmanager
def _catalogue_from(folder: Path) -> Iterator[Callable[[str], Stack]]:
    """Import monitors.catalog from a folder, and put this process's own back in its place."""
    own = {name: module for name, module in sys.modules.items() if f"{name}.".startswith("monitors.catalog.")}
    attribute = getattr(monitors, "catalog", None)
    path, writes = list(monitors.__path__), sys.dont_write_bytecode
    try:
        for name in own:
            del sys.modules[name]
        monitors.__path__[:] = [str(folder), *path]
        sys.dont_write_bytecode = True
        importlib.invalidate_caches()
        yield importlib.import_module("monitors.catalog").stack
    finally:
        monitors.__path__[:], sys.dont_write_bytecode = path, writes
        for name in [one for one in sys.modules if f"{one}.".startswith("monitors.catalog.")]:
            del sys.modules[name]
        sys.modules.update(own)
        if attribute is not None:
            setattr(monitors, "catalog", attribute)  # noqa: B010  # the package does not know its sub-package


def _is_left_out(where: Path, name: str) -> bool:
    return name == "__pycache__" or (where == ROOT and name in _LEFT_OUT)
