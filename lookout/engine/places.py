"""Where the engine lives: one folder per user and version, below the cache folder and nowhere else."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
GO_MODULES = Path(__file__).resolve().parent


def cache_folder() -> Path:
    """Return the folder of this product below the user's cache: `$XDG_CACHE_HOME/lookout` or `~/.cache/lookout`.

    A relative `XDG_CACHE_HOME` is ignored, as the XDG base directory specification asks.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if os.path.isabs(named) else Path.home() / ".cache"
    return base / "lookout"


def engines_folder() -> Path:
    """Return the folder below which each engine version, its lock and its build scratch are kept."""
    return cache_folder() / "engine"


def private_environment(base: dict[str, str]) -> dict[str, str]:
    """Return `base` with every folder that pip, Pulumi and temporary files would use moved below the cache folder.

    A `PIP_CACHE_DIR` the person has set is theirs and stays.
    """
    scratch = cache_folder() / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    moved = {
        "PIP_CACHE_DIR": base.get("PIP_CACHE_DIR") or str(cache_folder().parent / "pip"),
        "PULUMI_HOME": str(cache_folder() / "pulumi-home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "TMPDIR": str(scratch),
    }
    return {**base, **moved}


def remove_tree(folder: Path) -> None:
    """Delete a folder whether or not its own files are writable (Go's toolchain files are not); absent is fine."""

    def unlock_and_retry(operation: Any, path: str, _error: Any) -> None:
        os.chmod(os.path.dirname(path), stat.S_IRWXU)
        os.chmod(path, stat.S_IRWXU)
        operation(path)

    if folder.exists() and not folder.is_symlink():
        shutil.rmtree(folder, onerror=unlock_and_retry)
