"""Keeps what catalogues of commits were written down as: a commit's files never change."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from lookout.revisions.source import CHECKOUT, DUMPER, WRITER

FOLDER = CHECKOUT / ".lookout" / "revisions"
_KEPT: Final = 20


def cache_file(target: str, trees: Sequence[str]) -> Path:
    """Return the file for a catalogue that is read from these git trees by today's dumper."""
    written_by = DUMPER.read_bytes() + WRITER.read_bytes()
    seen = hashlib.sha256("\n".join((target, *trees)).encode()).hexdigest()[:24]
    program = hashlib.sha256(written_by + sys.version.encode()).hexdigest()[:16]
    return FOLDER / f"{seen}-{program}.json"


def cached(file: Path) -> dict[str, Any] | None:
    """Return what is kept, None where it is not, or is broken."""
    try:
        found = json.loads(file.read_bytes())
        os.utime(file)
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.keys() >= {"files", "stacks"} else None


def keep(file: Path, document: Mapping[str, Any]) -> None:
    """Keep a document, whole or not at all, and of all that are kept the latest; where that is not possible, nothing.

    Two runs may keep the same at once.
    """
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with open(descriptor, "w", encoding="utf-8") as part:
                json.dump(document, part, separators=(",", ":"))
            os.replace(name, file)
        finally:
            Path(name).unlink(missing_ok=True)
        _forget_the_oldest(file.parent)


def _forget_the_oldest(folder: Path) -> None:
    ages: list[tuple[float, Path]] = []
    for path in folder.iterdir():
        with suppress(OSError):
            ages.append((path.stat().st_mtime, path))
    for _, path in sorted(ages, reverse=True)[_KEPT:]:
        path.unlink(missing_ok=True)
