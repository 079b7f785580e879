"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lookout.errors import CouldNotRun


def put(path: Path, content: str | bytes) -> None:
    """Write beside a file and put it in its place, so that a full disk leaves what was there. Raises `OSError`."""
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():  # such as /dev/stdout, which cannot be replaced
        path.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def write(path: Path, content: str | bytes, next_step: str = "Name another file.") -> None:
    """Do the same for a file that a person named. Raises `CouldNotRun`."""
    try:
        put(path, content)
    except OSError as error:
        raise CouldNotRun(f"{path} cannot be written: {error.strerror or error}.", next_step) from error


def refuse_one_for_both(html: Path | None, svg: Path | None) -> None:
    """Refuse one file for a page and a picture. Raises `CouldNotRun`."""
    if html is not None and svg is not None and html.resolve() == svg.resolve():
        raise CouldNotRun(f"--html and --svg both name {html}, which holds one of them.", "Name two files.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
