"""PNG through the browser that Debian packages: it draws the SVG and takes a picture of it."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import Final

from lookout.errors import CouldNotRun

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_SECONDS: Final = 60
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER_ENDS: Final = len(_SIGNATURE) + 25  # IHDR: length, name, 13 bytes, checksum
_MARK: Final = b"Software\x00Drawn by lookout render"
_OPTIONS: Final = (
    *("--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-background-networking"),
    *(
        "--disable-component-update",
        "--disable-sync",
        "--force-color-profile=srgb",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ),
)


def browser() -> str:
    """Return the browser's path. Raises `CouldNotRun` where none is installed."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise CouldNotRun(
            "PNG is drawn by Chromium, which is not installed here.",
            "Install it: sudo apt-get install -y chromium. Or take --format svg, which needs nothing.",
        )
    return found


def photographed(svg: str, width: int, height: int) -> bytes:
    """Return a picture of an SVG as PNG. Raises `CouldNotRun` where the browser takes none."""
    with tempfile.TemporaryDirectory(prefix="lookout-render-") as folder:
        drawing, picture = Path(folder) / "page.svg", Path(folder) / "page.png"
        drawing.write_text(svg, encoding="utf-8")
        own = {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder}
        command = [
            browser(),
            *_OPTIONS,
            # Chromium refuses to sandbox itself where root runs it, as in most containers.
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            f"--user-data-dir={folder}/profile",
            f"--window-size={width},{height}",
            f"--screenshot={picture}",
            drawing.as_uri(),
        ]
        try:
            done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise CouldNotRun(f"Chromium took more than {_SECONDS} s for one picture.", "Take --format svg.") from error
        except OSError as error:
            raise CouldNotRun(
                f"Chromium at {command[0]} cannot be started: {error.strerror or error}.",
                "Install it again, or take --format svg.",
            ) from error
        if not picture.is_file():
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            raise CouldNotRun(
                f"Chromium took no picture: {lines[-1] if lines else 'it says nothing'}.", "Take --format svg."
            )
        return _marked(picture.read_bytes())


def is_ours(path: Path) -> bool:
    """Say whether a file is a picture that was taken here."""
    with path.open("rb") as file:
        return _MARK in file.read(_HEADER_ENDS + 64)


def _marked(png: bytes) -> bytes:
    """Return a PNG that says what wrote it, in a chunk of text right after its header."""
    if not png.startswith(_SIGNATURE):
        raise CouldNotRun("Chromium wrote a file that is no PNG.", "Take --format svg.")
    body = b"tEXt" + _MARK
    chunk = struct.pack(">I", len(_MARK)) + body + struct.pack(">I", zlib.crc32(body))
    return png[:_HEADER_ENDS] + chunk + png[_HEADER_ENDS:]
