"""A page that stands alone in a real browser: served with a page of ours that holds it in frames and looks into it.

Its own policy allows no other script, so that what is to be seen is seen from outside, and told as a JSON title.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here; install it with `apt-get install -y chromium`"
)
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--enable-logging=stderr"),
)


def looked_at(markup: str, driver: str, profile: Path, *options: str, budget_ms: int = 3000) -> dict[str, Any]:
    """Return what `driver`, which finds the page at `/page`, has put into its title as JSON.

    `complaints` are what the browser complained about, `asked` the paths that were asked for.
    """
    with _served(markup, driver) as (address, asked):
        elements, complaints = opened(f"{address}/driver", profile, *options, budget_ms=budget_ms)
    title = re.search(r"<title>(.*?)</title>", elements)
    assert title is not None, (elements[-2000:], complaints)
    return {**json.loads(html.unescape(title[1])), "complaints": complaints, "asked": asked}


def opened(address: str, profile: Path, *options: str, budget_ms: int = 2000) -> tuple[str, list[str]]:
    """Return a page's elements once its scripts have run, and what the browser complained about, by the line."""
    done = subprocess.run(
        [
            *(str(CHROMIUM), *_OPTIONS, f"--virtual-time-budget={budget_ms}", *options),
            *(f"--user-data-dir={profile}", "--dump-dom", address),
        ],
        # It keeps crash reports and caches wherever these point; the person's own home is none of its business.
        env={**os.environ, "XDG_CONFIG_HOME": str(profile), "XDG_CACHE_HOME": str(profile)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@contextmanager
def _served(markup: str, driver: str) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            content = (markup if self.path == "/page" else driver).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
